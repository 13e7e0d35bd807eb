"""Where the sentences of a guard lead."""

from django import template

from thidua.common.workflow import way_of

register = template.Library()
register.filter("way_of", way_of)
