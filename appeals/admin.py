"""What belongs to the queue stays off the editors' desk: its jobs are the clinics' own."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)
