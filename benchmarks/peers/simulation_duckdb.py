"""The whole simulation by hand in DuckDB: python simulation_duckdb.py USERS TARGETS OUT.json."""

import json
import sys

import duckdb

c = duckdb.connect()
c.execute("SET memory_limit = '300MB'")
users, accounts, out = sys.argv[1:4]
rows = c.execute(f"""
WITH t AS (
  SELECT lower(userName) AS k, count(*) AS n, min(userName) AS x, min(file_row_number) AS t
  FROM read_parquet('{accounts}', file_row_number=true) GROUP BY 1
), o AS (
  SELECT file_row_number AS t, userName, displayName, active, externalId,
    "emails[type eq ""work""].value" AS mail, "name.familyName" AS family
  FROM read_parquet('{accounts}', file_row_number=true)
), u AS (
  SELECT CASE WHEN contains(userPrincipalName, '#EXT#')
      THEN regexp_replace(split_part(userPrincipalName, '#EXT#', 1), '_([^_]*)$', '@\\1')
      ELSE userPrincipalName END AS name,
    givenName || ' ' || surname AS display, lower(mailNickname) AS external, mail, surname,
    accountEnabled,
    ((department = 'Sales' AND regexp_matches(country, '^(NO|SE|DK)$') AND jobTitle <> 'Intern'
      AND employeeType = 'Employee')
     OR (department = 'Engineering' AND contains(companyName, 'Contoso') AND jobTitle IS NOT NULL
      AND NOT regexp_matches(userPrincipalName, '^svc'))
     OR (employeeType = 'Contractor' AND usageLocation = 'US' AND ends_with(mail, 'contoso.example')
      AND onPremisesExtensionAttributes.extensionAttribute5 = 'yes')) IS TRUE AS passes
  FROM read_parquet('{users}')
), d AS (SELECT lower(name) AS k FROM u GROUP BY 1 HAVING count(*) > 1)
SELECT CASE WHEN NOT accountEnabled THEN 'inactive' WHEN NOT passes THEN 'filtered'
    WHEN d.k IS NOT NULL AND coalesce(t.n, 0) < 2 THEN 'source-duplicate'
    WHEN t.n IS NULL THEN 'create' WHEN t.n > 1 THEN 'target-duplicate'
    WHEN lower(u.name) <> lower(o.userName) OR lower(u.display) IS DISTINCT FROM
      lower(o.displayName) OR o.active IS DISTINCT FROM true OR
      lower(u.external) IS DISTINCT FROM lower(o.externalId) OR
      (u.mail IS NOT NULL AND lower(u.mail) IS DISTINCT FROM lower(o.mail)) OR
      lower(u.surname) IS DISTINCT FROM lower(o.family) THEN 'update' ELSE 'same' END AS outcome,
  count(*)
FROM u LEFT JOIN d ON d.k = lower(u.name) LEFT JOIN t ON t.k = lower(u.name)
  LEFT JOIN o ON o.t = CASE WHEN t.n = 1 THEN t.t END
GROUP BY 1""").fetchall()
with open(out, "w", encoding="utf-8") as file:
    json.dump(dict(rows), file)
