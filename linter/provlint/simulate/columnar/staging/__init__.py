"""Users and target users as relations that DuckDB reads as often as it needs.

Every value is encoded as a text (`provlint.simulate.columnar.encoding`). Parquet files of plain
columns are read where they lie; everything else is written to Parquet once. Tables in memory are
asked where they are (`tables`).
"""
