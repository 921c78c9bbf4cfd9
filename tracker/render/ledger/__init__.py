"""The supervision ledger (督查台账): seven columns, in words that an officer hands on."""
