"""The whole simulation by hand in Polars: python simulation_polars.py USERS TARGETS OUT.json."""

import json
import sys

import polars as pl

users_path, targets_path, out = sys.argv[1:4]
c = pl.col
guest = c("userPrincipalName").str.contains("#EXT#", literal=True)
home = c("userPrincipalName").str.split("#EXT#").list.first().str.replace("_([^_]*)$", "@${1}")
passes = (
    (
        (c("department") == "Sales")
        & c("country").str.contains("^(NO|SE|DK)$")
        & (c("jobTitle") != "Intern")
        & (c("employeeType") == "Employee")
    )
    | (
        (c("department") == "Engineering")
        & c("companyName").str.contains("Contoso", literal=True)
        & c("jobTitle").is_not_null()
        & ~c("userPrincipalName").str.contains("^svc")
    )
    | (
        (c("employeeType") == "Contractor")
        & (c("usageLocation") == "US")
        & c("mail").str.ends_with("contoso.example")
        & (c("onPremisesExtensionAttributes").struct.field("extensionAttribute5") == "yes")
    )
).fill_null(value=False)
users = pl.scan_parquet(users_path).select(
    name=pl.when(guest).then(home).otherwise(c("userPrincipalName")),
    display=c("givenName") + " " + c("surname"),
    external=c("mailNickname").str.to_lowercase(),
    mail=c("mail"),
    surname=c("surname"),
    accountEnabled=c("accountEnabled"),
    passes=passes,
)
users = users.with_columns(key=c("name").str.to_lowercase())
shared = users.group_by("key").agg(shared=pl.len()).filter(c("shared") > 1)
targets = pl.scan_parquet(targets_path).select(
    key=c("userName").str.to_lowercase(),
    old_name=c("userName"),
    old_display=c("displayName"),
    active=c("active"),
    old_external=c("externalId"),
    old_mail=c('emails[type eq "work"].value'),
    family=c("name.familyName"),
)
found = targets.group_by("key").agg(pl.len().alias("n"), pl.all().first())
joined = users.join(shared, on="key", how="left").join(found, on="key", how="left")


def differs(new, old):
    return ~c(new).str.to_lowercase().eq_missing(c(old).str.to_lowercase())


changed = (
    differs("name", "old_name")
    | differs("display", "old_display")
    | ~c("active").eq_missing(pl.lit(value=True))
    | differs("external", "old_external")
    | (c("mail").is_not_null() & differs("mail", "old_mail"))
    | differs("surname", "family")
)
outcome = (
    pl.when(~c("accountEnabled"))
    .then(pl.lit("inactive"))
    .when(~c("passes"))
    .then(pl.lit("filtered"))
    .when(c("shared").is_not_null() & (c("n").fill_null(0) < 2))
    .then(pl.lit("source-duplicate"))
    .when(c("n").is_null())
    .then(pl.lit("create"))
    .when(c("n") > 1)
    .then(pl.lit("target-duplicate"))
    .when(changed)
    .then(pl.lit("update"))
    .otherwise(pl.lit("same"))
)
counts = joined.select(outcome=outcome).group_by("outcome").agg(pl.len())
rows = counts.collect(engine="streaming").rows()
with open(out, "w", encoding="utf-8") as file:
    json.dump(dict(rows), file)
