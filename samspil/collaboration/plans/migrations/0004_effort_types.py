"""Two more kinds of help that models name: education, and what ends with the children's field at 18."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("plans", "0003_agreement_by_name")]

    operations = [
        migrations.AlterField(
            model_name="effort",
            name="type",
            field=models.CharField(choices=[("psychoeducation", "Psychoeducation"), ("parental-training", "Support for being a parent"), ("family-treatment", "Family treatment"), ("family-guidance", "Guidance at home"), ("treatment", "Treatment in psychiatry"), ("child-group", "Group for children and young people"), ("contact-person", "Contact person for a child or young person"), ("relief", "Relief"), ("school-support", "Support in school or day-care"), ("substance-treatment", "Treatment for alcohol or drugs"), ("employment", "Help towards work or education"), ("social-support", "Social support for an adult"), ("advice", "Advice"), ("education", "Education"), ("child-side", "Help from the children's field that ends at 18"), ("other", "Something else")], max_length=30),
        ),
    ]
