"""Addresses of the register."""

from django.urls import path

from yimen.cases.pages import clerk, filing, follow, intake, issuer, officer

portal_urls = [
    path("items/<str:code>/file/", filing.start, name="cases-start"),
    path("my/drafts/<uuid:draft_id>/", filing.draft, name="cases-draft"),
    path("my/drafts/<uuid:draft_id>/form/<slug:step>/", filing.form_step, name="cases-form"),
    path("my/drafts/<uuid:draft_id>/materials/<slug:code>/", filing.material, name="cases-material"),
    path("my/drafts/<uuid:draft_id>/files/<uuid:file_id>/", filing.draft_file, name="cases-draft-file"),
    path("my/drafts/<uuid:draft_id>/collection/", filing.collection, name="cases-collection"),
    path("my/drafts/<uuid:draft_id>/check/", filing.check, name="cases-check-answers"),
    path("my/drafts/<uuid:draft_id>/drop/", filing.drop, name="cases-drop"),
    path("my/cases/", follow.mine, name="cases-mine"),
    path("my/cases/<str:case_no>/", follow.case, name="cases-case"),
    path("my/cases/<str:case_no>/filed/", follow.filed, name="cases-filed"),
    path("my/cases/<str:case_no>/letters/<uuid:letter_id>/", follow.letter, name="cases-letter"),
    path("my/cases/<str:case_no>/files/<uuid:file_id>/", follow.file, name="cases-file"),
    path("my/cases/<str:case_no>/proof/", follow.proof, name="cases-proof"),
    path("my/cases/<str:case_no>/correct/", follow.correct, name="cases-correct"),
    path("my/cases/<str:case_no>/withdraw/", follow.withdraw, name="cases-withdraw"),
    path("check/", follow.check, name="cases-check"),
    path("check/<str:case_no>/", follow.checked, name="cases-checked"),
    path("check/<str:case_no>/proof/", follow.checked_proof, name="cases-checked-proof"),
]

desk_urls = [
    path("window/", clerk.counter, name="cases-counter"),
    path("window/new/<str:code>/", intake.take_in, name="cases-take-in"),
    path("window/<str:case_no>/", clerk.workbench, name="cases-workbench"),
    path("window/<str:case_no>/judge/", clerk.judge, name="cases-judge"),
    path("window/<str:case_no>/scan/", clerk.scan, name="cases-scan"),
    path("window/<str:case_no>/receive/", clerk.receive, name="cases-receive"),
    path("window/<str:case_no>/supply/", clerk.supply, name="cases-supply"),
    path("window/<str:case_no>/accept/", clerk.accept, name="cases-accept"),
    path("window/<str:case_no>/correction/", clerk.ask_correction, name="cases-ask-correction"),
    path("window/<str:case_no>/turn-away/", clerk.turn_away, name="cases-turn-away"),
    path("window/<str:case_no>/payment/", clerk.confirm_payment, name="cases-confirm-payment"),
    path("tasks/", officer.tasks, name="cases-tasks"),
    path("tasks/<str:case_no>/", officer.review, name="cases-review"),
    path("issuing/", issuer.issuing, name="cases-issuing"),
    path("issuing/<str:case_no>/", issuer.issue, name="cases-issue"),
    path("bags/", issuer.bags, name="cases-bags"),
    path("bags/send/", issuer.send_bag, name="cases-send-bag"),
    path("bags/<str:number>/", issuer.bag_list, name="cases-bag-list"),
    path("bags/<str:number>/receive/", officer.receive_bag, name="cases-receive-bag"),
    path("cases/", officer.look, name="cases-look"),
    path("cases/<str:case_no>/", officer.case, name="cases-desk-case"),
    path("cases/<str:case_no>/files/<uuid:file_id>/", clerk.file, name="cases-desk-file"),
    path("cases/<str:case_no>/files/<uuid:file_id>/<int:page>/", clerk.page_image, name="cases-page-image"),
    path("cases/<str:case_no>/letters/<uuid:letter_id>/", clerk.letter, name="cases-desk-letter"),
]
