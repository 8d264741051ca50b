"""Copies of a bank: whole ones, and those that were taken by hand while a process wrote to it."""

import shutil
import sqlite3
import subprocess
import sys

import pytest

from quotebank import ClaimBank
from quotebank.errors import ArgumentTypeError, BankError
from tests.bank.reports import filled, report

LACKS = "its log copy.db-wal is not beside it"
# a process without the rights of root over files
PLAIN = """
import ctypes, os
if os.geteuid() == 0:  # root without the rights to write and read whatever a file's mode says: bits 1 and 2
    header, held, libc = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(), ctypes.CDLL(None)
    assert libc.capget(header, held) == 0
    for part in range(3):  # effective, permitted, inheritable
        held[part] &= 0xFFFFFFF9
    assert libc.capset(header, held) == 0
"""


def many(count, begin=0):
    return [report(f"“Number {n} is up,”", id=str(n)) for n in range(begin, begin + count)]


def test_a_copy_made_while_others_write_is_whole(tmp_path):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, *many(5))
        with ClaimBank(tmp_path / "claims.db", read_only=True) as other:
            other.copy(tmp_path / "copy.db")
        filled(bank, *many(3, begin=5))
        bank.copy(str(tmp_path / "later.db"))
    for name, count in (("copy.db", 5), ("later.db", 8)):
        with ClaimBank(tmp_path / name) as copy:
            assert len(list(copy.articles())) == count
            assert copy.verify().problems == ()


def test_a_copy_takes_no_other_file_away(tmp_path):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, *many(1))
        (tmp_path / "taken.db").write_text("mine")
        with pytest.raises(BankError, match="is there already"):
            bank.copy(tmp_path / "taken.db")
        with pytest.raises(BankError):
            bank.copy(tmp_path / "none" / "copy.db")
        with pytest.raises(ArgumentTypeError):
            bank.copy(3)
    assert (tmp_path / "taken.db").read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["claims.db", "taken.db"]


def test_a_copy_without_the_log_is_told_and_whoever_writes_to_it_goes_on(tmp_path, caplog):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, *many(3))
        shutil.copy(tmp_path / "claims.db", tmp_path / "copy.db")
    assert (tmp_path / "claims.db-wal").exists() is False
    caplog.clear()
    with ClaimBank(tmp_path / "claims.db", read_only=True) as bank:
        assert bank.verify().ok
        assert caplog.text == ""
    for _ in range(2):  # to look changes nothing
        with ClaimBank(tmp_path / "copy.db", read_only=True) as copy:
            assert LACKS in caplog.text
            assert [LACKS in problem for problem in copy.verify().problems] == [True]
        with ClaimBank(tmp_path / "copy.db") as copy:
            assert not copy.verify().ok
        caplog.clear()
    with ClaimBank(tmp_path / "copy.db") as copy:
        filled(copy, *many(3))
    with ClaimBank(tmp_path / "copy.db") as copy:
        assert copy.verify().ok


def test_a_bank_that_nobody_closed_is_whole(tmp_path, caplog):
    code = (
        "from quotebank import ClaimBank\nfrom tests.bank.reports import filled, report\n"
        f"bank = ClaimBank({str(tmp_path / 'claims.db')!r})\nfilled(bank, report('“The roof is safe,”', id='a'))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with ClaimBank(tmp_path / "claims.db", read_only=True) as bank:
        assert bank.verify().ok
        assert caplog.text == ""


def test_a_log_that_is_copied_too_is_read(tmp_path, caplog):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, *many(3))
        for end in ("", "-wal"):
            shutil.copy(f"{tmp_path / 'claims.db'}{end}", f"{tmp_path / 'copy.db'}{end}")
    with ClaimBank(tmp_path / "copy.db") as copy:
        assert list(copy.articles()) == ["0", "1", "2"]
        assert copy.verify().ok
    assert caplog.text == ""


def cut(tmp_path, part):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, *many(50))
    whole = (tmp_path / "claims.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(whole[: int(part * len(whole))])
    return tmp_path / "copy.db"


@pytest.mark.parametrize("part", [0.1, 0.5])
def test_a_part_of_a_bank_is_told(tmp_path, part):
    with pytest.raises(BankError, match="only a part of it was copied"):
        ClaimBank(cut(tmp_path, part), read_only=True)


def test_a_last_page_that_was_cut_is_told(tmp_path, caplog):
    with ClaimBank(cut(tmp_path, 0.999), read_only=True) as copy:
        assert "cut short" in caplog.text
        assert any("cut short" in problem for problem in copy.verify().problems)


def test_every_answer_sees_one_state(tmp_path):
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, *many(2))
        with bank._reading() as one:
            count = one.execute("SELECT count(*) FROM articles").fetchone()
            filled(bank, *many(2, begin=2))
            assert one.execute("SELECT count(*) FROM articles").fetchone() == count == (2,)
            with bank._reading() as other:  # as another thread does meanwhile
                assert other.execute("SELECT count(*) FROM articles").fetchone() == (4,)
        assert len(list(bank.articles())) == 4


@pytest.mark.parametrize("as_left", ["closed", "copied without its log"])
def test_a_folder_that_may_not_be_written_to_is_read(tmp_path, as_left):
    folder = tmp_path / "kept"
    folder.mkdir()
    with ClaimBank(tmp_path / "claims.db") as bank:
        filled(bank, report("“The roof is safe,”", id="a"))
        if as_left != "closed":
            shutil.copy(tmp_path / "claims.db", folder / "claims.db")
    if as_left == "closed":
        shutil.copy(tmp_path / "claims.db", folder / "claims.db")
        found = 1
    else:
        found = len(sqlite3.connect(folder / "claims.db").execute("SELECT id FROM claims").fetchall())
        for end in ("-wal", "-shm"):
            (folder / f"claims.db{end}").unlink(missing_ok=True)
    (folder / "claims.db").chmod(0o444)
    folder.chmod(0o555)
    code = (
        f"{PLAIN}\n"
        f"assert not os.access({str(folder)!r}, os.W_OK, effective_ids=True)\n"
        "from quotebank import ClaimBank\n"
        f"with ClaimBank({str(folder / 'claims.db')!r}, read_only=True) as bank:\n"
        "    print(len(bank.search('')), bank.check('The roof is safe').verdict, bank.verify().ok)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    folder.chmod(0o755)
    whole = as_left == "closed"
    assert done.stdout.split("\n")[0].startswith(f"{found} {'said' if found else 'not found'}"), done.stderr
    assert done.stdout.strip().endswith(str(whole))
    assert ("not beside it" in done.stderr) is not whole
