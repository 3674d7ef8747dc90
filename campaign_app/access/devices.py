"""The device that somebody signs in with, in plain words. What a browser says of itself is not kept."""

from __future__ import annotations

# The first sign that is found counts: most browsers also name those that they want to be taken for.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Whale/", "Whale"),
    ("KAKAOTALK", "KakaoTalk"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser(user_agent: str) -> str:
    """The browser's name, or nothing where it is none that we know."""
    return next((name for sign, name in BROWSERS if sign in user_agent), "")


def system(user_agent: str) -> str:
    """What the device runs, or nothing."""
    return next((name for sign, name in SYSTEMS if sign in user_agent), "")
