"""Reads schemas and what may stand around them: jobs and templates."""

from __future__ import annotations

from provlint.model.definitions import DefinitionReader
from provlint.model.keys import place
from provlint.model.mappings import MappingReader
from provlint.model.tree import Directory, Job, Schema, Template


class Reader(DefinitionReader, MappingReader):
    """Reads the objects of one document."""

    __slots__ = ()

    def schema(
        self, value: object, pointer: str, job: Job | None = None, template: Template | None = None
    ) -> Schema | None:
        """A whole schema."""
        self.note_case(value)
        fields = self.open(value, pointer, "schema")
        if fields is None:
            return None
        self.complete = True
        rules = self.synchronization_rules(self.items(fields, "synchronizationRules", pointer))
        directories: tuple[Directory, ...] | None = None
        if fields.get("directories") is not None:
            directories = self.directories(self.items(fields, "directories", pointer))
        else:
            self.defects.add(
                "missing-directories",
                pointer,
                "the schema has no `directories`; uploading it replaces the whole schema, so the"
                " directories and their attributes would be lost",
                "export the whole schema, change that, and upload all of it",
            )
        if fields.get("synchronizationRules") is None:
            self.defects.add(
                "missing-key",
                pointer,
                "the schema has no `synchronizationRules`; uploading it replaces the whole schema,"
                " so every mapping would be lost",
                "export the whole schema, change that, and upload all of it",
            )
        self.complete = False
        return Schema(
            pointer,
            self.text(fields, "id", pointer)
            or self.text(fields, "provisioningTaskIdentifier", pointer),
            self.text(fields, "version", pointer),
            rules,
            directories,
            job,
            template,
            False,
            self.text(fields, "@odata.context", pointer),
        )

    def job(self, value: object, pointer: str) -> tuple[Job, Schema | None] | None:
        """A job and the schema in it."""
        self.note_case(value)
        fields = self.open(value, pointer, "job")
        if fields is None:
            return None
        schedule, status = fields.get("schedule"), fields.get("status")
        places: dict[str, str] = {}
        job = Job(
            pointer,
            self.text(fields, "id", pointer),
            self.text(fields, "templateId", pointer),
            _inner_text(schedule, "state"),
            _inner_text(status, "code"),
            self.pairs(fields, "synchronizationJobSettings", pointer, "setting", "name", places),
            "synchronizationJobSettings" in fields,
            places,
        )
        schema = fields.get("schema")
        if schema is None:
            return job, None
        return job, self.schema(schema, place(fields, pointer, "schema"), job=job)

    def template(self, value: object, pointer: str) -> tuple[Template, Schema | None] | None:
        """A template and the schema in it."""
        self.note_case(value)
        fields = self.open(value, pointer, "template")
        if fields is None:
            return None
        template = Template(
            pointer,
            self.text(fields, "id", pointer),
            self.text(fields, "applicationId", pointer),
            self.text(fields, "factoryTag", pointer),
            self.pairs(fields, "metadata", pointer),
        )
        schema = fields.get("schema")
        if schema is None:
            return template, None
        return template, self.schema(schema, place(fields, pointer, "schema"), template=template)


def _inner_text(value: object, key: str) -> str | None:
    if not isinstance(value, dict):
        return None
    found = value.get(key, value.get(key.capitalize()))
    return found if isinstance(found, str) else None
