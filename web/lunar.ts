// The lunar day that stands on every leaf of a Vietnamese calendar, at UTC+7. After Hồ Ngọc Đức's algorithm
// (Meeus, Astronomical Algorithms, 1998): new moons and the sun's longitude, exact for 1900–2199.

const { floor, sin, PI } = Math
const radian = PI / 180

const julianDay = (day: number, month: number, year: number) => {
  const a = floor((14 - month) / 12)
  const y = year + 4800 - a
  const m = month + 12 * a - 3
  return day + floor((153 * m + 2) / 5) + 365 * y + floor(y / 4) - floor(y / 100) + floor(y / 400) - 32_045
}

/** Julian day of the k-th new moon after 1 January 1900, in Vietnam. */
function newMoon(k: number): number {
  const t = k / 1236.85
  const t2 = t * t
  const t3 = t2 * t
  const mean =
    2_415_020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t2) * radian)
  const sun = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * radian
  const moon = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * radian
  const node = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * radian
  const shift =
    (0.1734 - 0.000393 * t) * sin(sun) +
    0.0021 * sin(2 * sun) -
    0.4068 * sin(moon) +
    0.0161 * sin(2 * moon) -
    0.0004 * sin(3 * moon) +
    0.0104 * sin(2 * node) -
    0.0051 * sin(sun + moon) -
    0.0074 * sin(sun - moon) +
    0.0004 * sin(2 * node + sun) -
    0.0004 * sin(2 * node - sun) -
    0.0006 * sin(2 * node + moon) +
    0.001 * sin(2 * node - moon) +
    0.0005 * sin(2 * moon + sun)
  const drift =
    t < -11
      ? 0.001 + 0.000839 * t + 0.0002261 * t2 - 0.00000845 * t3 - 0.000000081 * t * t3
      : -0.000278 + 0.000265 * t + 0.000262 * t2
  return floor(mean + shift - drift + 0.5 + 7 / 24)
}

/** Which twelfth of its way the sun stands in when day `jd` begins in Vietnam, 0 … 11. */
function sunTwelfth(jd: number): number {
  const t = (jd - 2_451_545.5 - 7 / 24) / 36_525
  const t2 = t * t
  const anomaly = (357.5291 + 35_999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2) * radian
  const mean = 280.46645 + 36_000.76983 * t + 0.0003032 * t2
  const centre =
    (1.9146 - 0.004817 * t - 0.000014 * t2) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.00029 * sin(3 * anomaly)
  const longitude = (mean + centre) * radian
  return floor(((longitude - PI * 2 * floor(longitude / (PI * 2))) / PI) * 6)
}

/** The new moon that begins the eleventh lunar month, the one that holds the winter solstice. */
function eleventhMonth(year: number): number {
  const k = floor((julianDay(31, 12, year) - 2_415_021) / 29.530588853)
  const moon = newMoon(k)
  return sunTwelfth(moon) >= 9 ? newMoon(k - 1) : moon
}

/** How many months after the eleventh the leap month comes. */
function leapAfter(eleventh: number): number {
  const k = floor((eleventh - 2_415_021.076998695) / 29.530588853 + 0.5)
  let last = -1
  let at = 1
  let twelfth = sunTwelfth(newMoon(k + at))
  do {
    last = twelfth
    at++
    twelfth = sunTwelfth(newMoon(k + at))
  } while (twelfth !== last && at < 14)
  return at - 1
}

export interface LunarDay {
  day: number
  month: number
  isLeap: boolean
}

/** @param date `2026-11-25` */
export function lunarDay(date: string): LunarDay {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const today = julianDay(day, month, year)
  const k = floor((today - 2_415_021.076998695) / 29.530588853)
  let first = newMoon(k + 1)
  if (first > today) first = newMoon(k)
  let eleventh = eleventhMonth(year)
  let next = eleventh
  if (eleventh >= first) eleventh = eleventhMonth(year - 1)
  else next = eleventhMonth(year + 1)
  const since = floor((first - eleventh) / 29)
  let lunar = since + 11
  let isLeap = false
  if (next - eleventh > 365) {
    const leap = leapAfter(eleventh)
    if (since >= leap) {
      lunar = since + 10
      isLeap = since === leap
    }
  }
  return { day: today - first + 1, month: lunar > 12 ? lunar - 12 : lunar, isLeap }
}
