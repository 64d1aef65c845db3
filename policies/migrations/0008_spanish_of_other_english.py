"""Spanish that was written for other English is kept with that, and readers meet none of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0007_insurers_and_their_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="translation",
            name="of",
            field=models.TextField(
                blank=True, help_text="The English it was written for, where that changed since."
            ),
        ),
    ]
