"""An insurer is no part of itself, and no page takes an address that leads to another."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0006_review_copies_and_addresses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="administration",
            name="benefit",
            field=models.CharField(
                choices=[
                    ("medical", "Medical"),
                    ("pharmacy", "Pharmacy"),
                    ("behavioral", "Behavioral health"),
                ],
                max_length=40,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formeraddress",
            trigger=pgtrigger.compiler.Trigger(
                name="a_page_of_now_leads_nowhere_else",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    IF EXISTS (\n                        SELECT 1 FROM policies_insurer\n                        LEFT JOIN policies_policy\n                        ON insurer_id = policies_insurer.id AND NEW.policy_slug <> ''\n                        WHERE policies_insurer.slug = NEW.insurer_slug\n                        AND COALESCE(policies_policy.slug, '') = NEW.policy_slug\n                        AND EXISTS (SELECT 1 FROM policies_formeraddress WHERE id = NEW.id)\n                    ) THEN\n                        RAISE EXCEPTION 'a page stands at this address, so it leads to no other'\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="85accc42ccba9d28a3050a2f06c9497bb32d1abd",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_a_page_of_now_leads_nowhere_else_a7ab4",
                    table="policies_formeraddress",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="insurer",
            trigger=pgtrigger.compiler.Trigger(
                name="no_insurer_is_part_of_itself",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n        IF NEW.parent_id IS NOT NULL AND EXISTS (\n            WITH RECURSIVE above(id) AS (\n                SELECT parent_id FROM policies_insurer WHERE id = NEW.id\n                UNION\n                SELECT one.parent_id FROM policies_insurer one JOIN above ON one.id = above.id\n            )\n            SELECT 1 FROM above WHERE id = NEW.id\n        ) THEN\n            RAISE EXCEPTION 'an insurer is no part of itself, by way of its parents'\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="51d0006df101efe1e29d139dbe3a20b2ba20217d",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_no_insurer_is_part_of_itself_f4517",
                    table="policies_insurer",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="insurer",
            trigger=pgtrigger.compiler.Trigger(
                name="insurer_takes_no_former_address",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF EXISTS (SELECT 1 FROM policies_formeraddress WHERE policy_slug = '' AND insurer_slug = (SELECT slug FROM policies_insurer WHERE id = NEW.id)) THEN\n                RAISE EXCEPTION 'this was the address of another page, and leads there still'\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="9c70e4e6bc5fe9e89564a81347120ca536563e1e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_insurer_takes_no_former_address_f4067",
                    table="policies_insurer",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="policy_takes_no_former_address",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF EXISTS (SELECT 1 FROM policies_formeraddress WHERE (insurer_slug, policy_slug) IN (SELECT policies_insurer.slug, policies_policy.slug FROM policies_policy JOIN policies_insurer ON policies_insurer.id = insurer_id WHERE policies_policy.id = NEW.id)) THEN\n                RAISE EXCEPTION 'this was the address of another page, and leads there still'\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="e1ee8c65293e665901b86f78443b97f67c3d1712",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_policy_takes_no_former_address_d99b7",
                    table="policies_policy",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
