"""What is planted: secrets that a person enters, and what printers know of people's jobs."""

from __future__ import annotations

from typing import Any

#: No secret: whoever is refused has to be told as whom.
V3_NAME = "reader-33"
#: Every secret that can be entered.
COMMUNITY = "c4nary-community-7f"
WRONG_COMMUNITY = "c4nary-wrong-community-2b"
SECRETS = {
    "community": COMMUNITY,
    "wrong community": WRONG_COMMUNITY,
    "community of a set": "c4nary-kept-community-91",
    "v3 authentication": "c4nary-auth-password-é5",
    "v3 privacy": "c4nary-priv-password-c8",
    "web user": "c4nary-web-user-d0",
    "web password": "c4nary-web-password-1e",
    "too short a password": "c4n-pw7",
    "password in a damaged file": "c4nary-damaged-64",
    "password where none belongs": "c4nary-misplaced-aa",
    "wrong password": "c4nary-wrong-password-7d",
}
WHOLE_SET = {
    "communities": [SECRETS["community of a set"]],
    "users": [
        {
            "name": V3_NAME,
            "auth": "sha256",
            "auth_password": SECRETS["v3 authentication"],
            "priv": "aes128",
            "priv_password": SECRETS["v3 privacy"],
        }
    ],
    "logins": [{"user": SECRETS["web user"], "password": SECRETS["web password"]}],
}
BAD_SETS: list[Any] = [
    {"users": [{"name": "u", "auth": "sha1", "auth_password": SECRETS["too short a password"]}]},
    {"users": [{"name": "u", "auth": SECRETS["password where none belongs"]}]},
    {"logins": [{"user": SECRETS["web user"]}]},
    [SECRETS["password where none belongs"]],
]
#: Asked for this address, agent and commands crash (``tests.support.crashing``).
CRASH = "127.77.66.6"
#: What the simulated printers would tell of people, at instances of what is never asked
#: (``core.snmp.deny``), each with a value that stands nowhere else.
JOBS = {
    "1.3.6.1.2.1.1.4.0": "c4nary-contact-person",
    "1.3.6.1.2.1.43.5.1.1.4.1": "c4nary-operator",
    "1.3.6.1.4.1.11.2.3.9.4.2.1.1.6.5.1.0": "c4nary-job-of-hp",
    "1.3.6.1.4.1.253.8.59.1.1.1": "c4nary-job-of-xerox",
    "1.3.6.1.4.1.367.3.2.1.3.1.1.1": "c4nary-document-of-ricoh",
    "1.3.6.1.4.1.1347.47.1.1.1": "c4nary-job-of-kyocera",
    "1.3.6.1.4.1.2699.1.1.1.3.1.1.1": "c4nary-job-and-owner",
}
