"""The notices for 2004 to 2026 as chinesecalendar has them, with one day that it lacks."""

from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays
from django.db import migrations

#: Later years come in by the notice, whatever a newer edition of the library knows.
YEARS = range(2004, 2027)
NAMES = {
    Holiday.new_years_day: "元旦",
    Holiday.spring_festival: "春节",
    Holiday.tomb_sweeping_day: "清明节",
    Holiday.labour_day: "劳动节",
    Holiday.dragon_boat_festival: "端午节",
    Holiday.national_day: "国庆节",
    Holiday.mid_autumn_festival: "中秋节",
    Holiday.anti_fascist_70th_day: "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}
#: When the notices appeared on the government's site, as far as its addresses say so.
PUBLISHED_ON = {
    2015: date(2014, 12, 16),
    2016: date(2015, 12, 10),
    2017: date(2016, 12, 1),
    2018: date(2017, 11, 30),
    2019: date(2018, 12, 6),
    2020: date(2019, 11, 21),
    2021: date(2020, 11, 25),
    2022: date(2021, 10, 25),
    2023: date(2022, 12, 8),
}
#: 国办发明电〔2005〕35号 moved the Saturday to Tuesday, 3 January 2006; chinesecalendar knows the Tuesday only.
LACKING = {date(2005, 12, 31): "元旦"}


def seed(apps, schema_editor):
    """Write the years and their special days."""
    Year = apps.get_model("calendar", "CalendarYear")
    Day = apps.get_model("calendar", "SpecialDay")
    Year.objects.bulk_create(
        Year(year=year, notice=f"国务院办公厅关于{year}年部分节假日安排的通知", published_on=PUBLISHED_ON.get(year))
        for year in YEARS
    )
    chinese = {holiday.value: name for holiday, name in NAMES.items()}
    off = [(day, False, chinese[name]) for day, name in holidays.items()]
    worked = [(day, True, chinese[name]) for day, name in workdays.items()]
    missed = [(day, True, name) for day, name in LACKING.items()]
    Day.objects.bulk_create(
        Day(day=day, is_working=is_working, name=name, year_id=day.year)
        for day, is_working, name in [*off, *worked, *missed]
        if day.year in YEARS
    )


def clear(apps, schema_editor):
    """Take every year away."""
    apps.get_model("calendar", "SpecialDay").objects.all().delete()
    apps.get_model("calendar", "CalendarYear").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_begin")]

    operations = [migrations.RunPython(seed, clear)]
