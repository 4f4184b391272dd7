"""Line icons, drawn for 24 by 24 units with a pen of 1.75; ``icon`` puts one into the page."""

from __future__ import annotations

from markupsafe import Markup

#: What lies inside ``<svg>``, by the name that templates use.
ICONS = {
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "baby": (
        '<circle cx="12" cy="8" r="4.5"/><path d="M10 8.2h0.01M14 8.2h0.01M10.6 10.2c0.80.7 2 0.7 2.8 '
        '0M12 3.5c0-1 0.6-1.5 1.4-1.5M5 21c0.6-4.2 3.2-6.2 7-6.2s6.4 2 7 6.2z"/>'
    ),
    "briefcase": (
        '<rect x="3.5" y="8" width="17" height="12" rx="1.5"/><path d="M9 8V5.5A1.5 1.5 0 0 1 10.5 '
        '4h3A1.5 1.5 0 0 1 15 5.5V8M3.5 13h17M12 12v2.5"/>'
    ),
    "bus": (
        '<rect x="5" y="4" width="14" height="13.5" rx="2"/><path d="M5 12h14M8 17.5V20M16 17.5V20M8.5 '
        '14.8h.01M15.5 14.8h.01"/>'
    ),
    "calendar": '<rect x="4" y="5.5" width="16" height="15" rx="1.5"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "card": '<rect x="3.5" y="6" width="17" height="12.5" rx="1.5"/><path d="M3.5 10.5h17M7 15h3"/>',
    "chain": (
        '<path d="M10 14a4 4 0 0 1 0-5.6l2.4-2.4a4 4 0 0 1 5.6 5.6L16.5 13"/><path d="M14 10a4 4 0 0 1 '
        '0 5.6l-2.4 2.4a4 4 0 0 1-5.6-5.6L7.5 11"/>'
    ),
    "chart": '<path d="M4 4v16h16M8 16l3.5-4.5 3 2.5L20 7.5"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.2 2"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11.5" rx="1.5"/><path d="M15.5 8.5V4h-11v11.5h4"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "document": '<path d="M6 3.5h8.5L19 8v12.5H6z"/><path d="M14 3.5V8.5h5M9 12.5h7M9 16h7"/>',
    "download": '<path d="M12 4.5V15M7.5 10.5 12 15l4.5-4.5M4.5 17v2.5h15V17"/>',
    "elder": (
        '<circle cx="10.5" cy="5.5" r="2.7"/><path d="M7 21v-5.5l1-5c0.3-1.2 1.2-1.8 2.4-1.8 1.3 0 '
        '2.10.7 2.6 1.8L14.5 13l2.5 1M10.5 21v-5"/><path d="M17.5 14v7M17.5 14c0-1.10.7-1.6 1.5-1.6"/>'
    ),
    "eye": (
        '<path d="M2.5 12C5 7.7 8.2 5.5 12 5.5s7 2.2 9.5 6.5c-2.5 4.3-5.7 6.5-9.5 6.5S5 16.3 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "globe": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.5 3.7 5.3 3.7 8.5s-1.2 6-3.7 '
        '8.5c-2.5-2.5-3.7-5.3-3.7-8.5S9.5 6 12 3.5z"/>'
    ),
    "heart": '<path d="M12 20C6.5 15.8 4 13 4 9.5A4 4 0 0 1 12 8a4 4 0 0 1 8 1.5c0 3.5-2.5 6.3-8 10.5z"/>',
    "help": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-0.80.4-1.10.9-1.1 '
        '1.7M12 16.5h0.01"/>'
    ),
    "home": '<path d="M3.5 11.5 12 4.5l8.5 7"/><path d="M6 10v10h12V10"/><path d="M10 20v-5.5h4V20"/>',
    "list": '<path d="M8.5 6.5h11M8.5 12h11M8.5 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="1.5"/><path d="m4 7 8 6 8-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "money": '<path d="m6 4.5 6 7.5 6-7.5M12 12v8M7.5 12.5h9M7.5 16h9"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0.5-4.5 3.5-6.5 7.5-6.5s7 2 7.5 6.5"/>',
    "phone": (
        '<path d="M6.5 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3c0 1.1-0.9 2-2 2C10.5 '
        '19.5 4.5 13.5 4.5 5.5c0-1.10.9-2 2-2z"/>'
    ),
    "place": (
        '<path d="M12 21c-4.5-5-7-8.2-7-11.5a7 7 0 0 1 14 0c0 3.3-2.5 6.5-7 11.5z"/><circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "plan": '<path d="M4 20V6l8-2.5L20 6v14M4 20h16M9 20v-5h6v5M8 9h.01M12 9h.01M16 9h.01"/>',
    "plant": (
        '<path d="M12 21V9"/><path d="M12 13c-4.50.5-7-2-7-6.5 4.5-0.5 7 2 7 6.5zM12 10c3.80.4 6-1.7 '
        '6-5.5-3.8-0.4-6 1.7-6 5.5z"/>'
    ),
    "print": '<path d="M7 9V4h10v5M7 17H4.5V9.5h15V17H17"/><path d="M7 14h10v6H7z"/>',
    "rings": (
        '<circle cx="9" cy="14.5" r="5.5"/><circle cx="15.5" cy="14.5" r="5.5"/><path d="m12 3.5 1.6 '
        '1.7L12 7l-1.6-1.8z"/>'
    ),
    "school": (
        '<path d="M3 9.5 12 5l9 4.5-9 4.5z"/><path d="M6.5 11.5V16c1.6 1.5 3.4 2.2 5.5 2.2s3.9-0.7 '
        '5.5-2.2v-4.5M21 9.5V15"/>'
    ),
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "shield": ('<path d="M12 3.5 19 6v5.5c0 4.3-2.6 7.3-7 9-4.4-1.7-7-4.7-7-9V6z"/><path d="m9 11.8 2.2 2.2 4-4"/>'),
    "shop": (
        '<path d="M4 9.5 5.5 4h13L20 9.5M5.5 11.5V20h13v-8.5"/><path d="M4 9.5a2.66 2.66 0 0 0 5.33 0 '
        '2.66 2.66 0 0 0 5.34 0 2.66 2.66 0 0 0 5.33 0z"/><path d="M10 20v-5h4v5"/>'
    ),
    "speak": (
        '<path d="M4 9.5v5h3.5L12 18V6L7.5 9.5z"/><path d="M15.5 9c1.6 1.7 1.6 4.3 0 6M18 6.5c3 3.2 3 7.8 0 11"/>'
    ),
    "talk": '<path d="M4 5h16v11h-8.5L7 20v-4H4z"/><path d="M8 9.5h8M8 12.5h5"/>',
    "ticket": (
        '<path d="M4 7h16v3.2a1.9 1.9 0 0 0 0 3.7V17H4v-3.1a1.9 1.9 0 0 0 0-3.7z"/><path d="M14.5 '
        '7.5v2M14.5 11v2M14.5 14.5v2"/>'
    ),
    "upload": '<path d="M12 16V5M7.5 9.5 12 5l4.5 4.5M4.5 16v3.5h15V16"/>',
    "warning": '<path d="M12 4 21 19.5H3z"/><path d="M12 10v4.5M12 17h0.01"/>',
}


def icon(name: str, label: str = "") -> Markup:
    """The drawing of that name. Without a label it is decoration and hidden from readers of the screen."""
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="i" viewBox="0 0 24 24" {} focusable="false">{}</svg>').format(said, Markup(ICONS[name]))  # noqa: S704  our own drawings
