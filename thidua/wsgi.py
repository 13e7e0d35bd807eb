import os
import sys

from django.core.wsgi import get_wsgi_application

from thidua.upkeep.data_folder import missing_data_folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.settings.base")
if sentence := missing_data_folder():
    sys.exit(sentence)
application = get_wsgi_application()
