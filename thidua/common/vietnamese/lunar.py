"""The Vietnamese lunar calendar, as far as holidays need it: when a lunar day falls.

The rules are those of the State's calendar (QĐ 121-CP năm 1967: time of the meridian 105° East):
a month begins on the day of the new moon, the 11th month holds the winter solstice, and of
thirteen months between two solstices the first without a principal term is the leap one. The moon
and the sun follow the series of Meeus that Hồ Ngọc Đức published for this calendar.
"""

from datetime import date
from math import floor, pi, sin

# Days between the count of Julian days and that of `date`.
JULIAN = 1721425
VIETNAM = 7 / 24
MONTH = 29.530588853
# The new moon that is counted as number 0, in Julian days.
FIRST_MOON = 2415021.076998695
LONGEST_YEAR_OF_12 = 365
WINTER_SECTOR = 9
DEGREE = pi / 180


def lunar_day(year: int, month: int, day: int) -> date:
    """The day of the solar calendar of a lunar day; `month` 1 to 10, never the leap month.

    `year` is the solar year in which that lunar year begins: Tết is `lunar_day(year, 1, 1)`.
    """
    winter, next_winter = _month_11(year - 1), _month_11(year)
    number = floor(0.5 + (winter + JULIAN - FIRST_MOON) / MONTH)
    months = month + 1
    if next_winter - winter > LONGEST_YEAR_OF_12 and months >= _leap_place(number):
        months += 1
    return date.fromordinal(_new_moon_day(number + months) + day - 1)


def _leap_place(number: int) -> int:
    """How many months after the 11th, new moon `number`, the leap month comes."""
    sectors = [_sector(_new_moon_day(number + place)) for place in range(15)]
    return next(place for place in range(1, 14) if sectors[place] == sectors[place + 1])


def _month_11(year: int) -> int:
    """The first day of the lunar month of that year's winter solstice."""
    last = date(year, 12, 31).toordinal()
    number = floor((last + JULIAN - 2415021) / MONTH)
    day = _new_moon_day(number)
    return day if _sector(day) < WINTER_SECTOR else _new_moon_day(number - 1)


def _new_moon_day(number: int) -> int:
    """The day in Vietnam on which this new moon falls."""
    return floor(_new_moon(number) + 0.5 + VIETNAM) - JULIAN


def _new_moon(number: int) -> float:
    """The moment of the new moon in Julian days of universal time (Meeus, chapter 32)."""
    century = number / 1236.85
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * century**2
    mean -= 0.000000155 * century**3
    mean += 0.00033 * sin((166.56 + 132.87 * century - 0.009173 * century**2) * DEGREE)
    sun = (359.2242 + 29.10535608 * number - 0.0000333 * century**2) * DEGREE
    moon = (306.0253 + 385.81691806 * number + 0.0107306 * century**2) * DEGREE
    node = (21.2964 + 390.67050646 * number - 0.0016528 * century**2) * DEGREE
    terms = (
        (0.1734 - 0.000393 * century, sun),
        (0.0021, 2 * sun),
        (-0.4068, moon),
        (0.0161, 2 * moon),
        (-0.0004, 3 * moon),
        (0.0104, 2 * node),
        (-0.0051, sun + moon),
        (-0.0074, sun - moon),
        (0.0004, 2 * node + sun),
        (-0.0004, 2 * node - sun),
        (-0.0006, 2 * node + moon),
        (0.0010, 2 * node - moon),
        (0.0005, 2 * moon + sun),
    )
    clock = -0.000278 + 0.000265 * century + 0.000262 * century**2
    return mean + sum(size * sin(angle) for size, angle in terms) - clock


def _sector(day: int) -> int:
    """In which twelfth of its way the sun stands at midnight in Vietnam; 9 begins at the winter."""
    century = (day + JULIAN - 0.5 - VIETNAM - 2451545) / 36525
    anomaly = (357.5291 + 35999.0503 * century - 0.0001559 * century**2) * DEGREE
    mean = 280.46645 + 36000.76983 * century + 0.0003032 * century**2
    centre = (1.9146 - 0.004817 * century - 0.000014 * century**2) * sin(anomaly)
    centre += (0.019993 - 0.000101 * century) * sin(2 * anomaly) + 0.00029 * sin(3 * anomaly)
    return floor((mean + centre) % 360 / 30)
