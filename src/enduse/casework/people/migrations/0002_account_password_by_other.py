"""Whether somebody else set an account's password."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0001_initial")]
    operations: ClassVar = [migrations.AddField(model_name="account", name="password_by_other", field=models.BooleanField(default=False))]
