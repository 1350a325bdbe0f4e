"""Passwords are hashed by Argon2id, and those that another hasher has hashed are hashed anew."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import User
from django.test import Client

from console.config import settings as own
from console.people.hashers import Argon2idHasher

PASSWORD = "correct horse battery"
# OWASP's least: 19 MiB of memory, 2 iterations, 1 degree of parallelism.
ARGON2ID = re.compile(r"argon2\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]+\$[^$]+")


@pytest.fixture(autouse=True)
def own_hashers(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = own.PASSWORD_HASHERS


def signs_in(client: Client, password: str) -> bool:
    return client.post("/sign-in/", {"username": "ada", "password": password}).status_code == 302


def test_a_new_password_is_hashed_by_argon2id(db: None, client: Client) -> None:
    person = User.objects.create_user("ada", password=PASSWORD)
    assert ARGON2ID.fullmatch(person.password)
    assert not signs_in(client, "wrong")
    assert signs_in(client, PASSWORD)


def test_a_password_of_pbkdf2_signs_in_and_is_hashed_anew(db: None, client: Client, settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = own.PASSWORD_HASHERS[1:]
    person = User.objects.create_user("ada", password=PASSWORD)
    assert person.password.startswith("pbkdf2_sha256$")
    settings.PASSWORD_HASHERS = own.PASSWORD_HASHERS
    assert signs_in(client, PASSWORD)
    person.refresh_from_db()
    assert ARGON2ID.fullmatch(person.password)


def test_few_passwords_are_hashed_at_once_each_of_which_takes_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def slow(*_arguments: object) -> bool:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    monkeypatch.setattr(Argon2PasswordHasher, "encode", slow)
    hasher = Argon2idHasher()
    with ThreadPoolExecutor(12) as threads:
        for number in range(24):
            threads.submit(hasher.verify if number % 2 else hasher.encode, "a", "b")
    assert most == [2]
