"""Ledgers by somebody who had not seen this program, with what each row says beside them.

Those in `looked_at` were looked at while the reading was mended; those in `measured` are only held
against it, by `make score-ledgers`, and nobody reads them: what is read of them is no measure more.
"""
