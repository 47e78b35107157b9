/* The days of the model in C, frozen at the features of platforms/wall-2009.toml: what a machine can do with these rules.

   It is written from docs/model.md; numbers such as 7.2 are its sections. It simulates days between two turnovers, from a plan
   day on: steps 1, 4, 5, 2, 3, 6 and 7, with all that measures count. benchmarks/c_reference.py compiles it, hands it a state of
   ours and times it:

       gcc -O3 -march=native -ffp-contract=off -shared -fPIC -pthread reference.c -lm

   How it is fast: a strip of ties stays in the cache for its whole week. Short loops over 64 ties become vector instructions.
   What few ties do is listed first, and computed for these alone. Each thread has its own sums, in whole units of 2^-36, so no
   result depends on the number of threads. What a tie has on each side is a pair of arrays: [0] of i, [1] of j. */

#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef float f32;
typedef double f64;
typedef uint8_t u8;
typedef uint16_t u16;
typedef int16_t i16;
typedef int32_t i32;
typedef uint32_t u32;
typedef int64_t i64;
typedef uint64_t u64;

enum { BLOCK = 64, STRIP = 2048, WEEK = 7, YEAR = 365, MONTHS = 12, MOST = 56, GESTURES = 7, DATES = 3 };
enum { FAR = 1, LINKED = 6, KNOWS = 8, SHARED = 32, GREETED = 64, ENDED = 256 }; /* KNOWS, GREETED: of i; twice that: of j */
enum { VISIT, CALL, LETTER, CARD, CHANCE, GREETING, MESSAGE, COMMENT, GROUP, REACTION, VIEW, CHANNELS };
enum { OWN, PROMPT, BIRTHDAY, NONBIRTHDAY, CAUSES };
enum { CLASSES = 6 };
enum { PLANNED, MET, PLATFORM, SORTS }; /* what a pair does, in the order of the words of its luck */
enum { USE_TIE = 1, USE_CONTACT, USE_CARD, USE_WISH, USE_ACTIVE, USE_GREET };
enum { USE_RESPOND = 28, USE_UNBIRTHDAY = 31, USE_MEETING, USE_WAY };

static const u8 TWO_SIDED[CHANNELS] = {1, 1, 0, 0, 1}, REAL[CHANNELS] = {1, 1, 1, 1, 1};
static const u8 COMPOSED[CHANNELS] = {1, 1, 1, 1, 0, 0, 1, 1, 1};
static const u8 OWN_ACTS[4] = {REACTION, COMMENT, MESSAGE, GROUP};
static const i32 USES[SORTS] = {USE_CONTACT, USE_MEETING, USE_RESPOND};
static const f64 FIXED = 68719476736.0; /* 2^36: units of a sum over friends */
static const f32 TALLIED = 16777216.0f;  /* 2^24: units of a tally */

/* ---- data -----------------------------------------------------------------------------------------------------------------

   What Python hands over, by the names of sim/world/columns.py and sim/world/state.py; c_reference.py reads these lists too.
   Closeness, memories and flags of ties and the tally are changed in place. A third entry is a size; P is the number of
   finest groups. */

#define PEOPLE(X) \
  X(i16, group) X(f32, contacts) X(f32, minutes) X(f32, greet) X(i16, birthday) X(i16, shown) X(u8, member) X(f32, kept) \
  X(f32, posts) X(f32, items) X(f32, comments) X(f32, reactions) X(f32, messages) X(f32, groups) X(f32, attend) \
  X(f32, opened) X(f32, dosed) X(f32, discussed) X(i32, places)
#define TIES(X) \
  X(i32, i) X(i32, j) X(u8, kind) X(u16, flags) X(f32, affinity) X(f32, chance) X(f32, c_ij) X(f32, c_ji) X(f32, touch) \
  X(f32, exchange) X(u8, class_ij) X(u8, class_ji)
#define TALLY(X) \
  X(i64, received, P * CLASSES * CHANNELS * CAUSES) X(i64, absorbed, P * CLASSES * CHANNELS) X(i64, viewed, P * CLASSES) \
  X(i64, season, CLASSES * MONTHS) X(i64, season_closeness, CLASSES * MONTHS) X(i64, season_ties, CLASSES * MONTHS) \
  X(i64, celebrated, DATES * CLASSES * CAUSES)
#define TABLES(X) \
  X(f32, visit) X(f32, call) X(f32, dose) X(f32, dose_sent) X(f32, minutes) X(f32, touches) X(f32, fade) X(f32, reply)
#define NUMBERS(X) \
  X(f32, gamma) X(f32, substitution) X(f32, complement) X(f32, minutes_slope) X(f32, touch_fade) X(f32, exchange_fade) \
  X(f32, cards) X(f32, cards_half) X(f32, wish) X(f32, wish_half) X(f32, by_card) X(f32, by_call) X(f32, suppression) \
  X(f32, active) X(f32, slope) X(f32, level) X(f32, centre) X(f32, nonbirthday) X(f32, friends_share) X(f32, opening) \
  X(f32, attend_at) X(f32, floor) X(f32, visits) X(f32, item_minutes) X(f32, reply_half) X(f32, meet_after)

/* What is worked with: of a person, and of a tie. */
#define OF_PEOPLE(X) \
  X(f32, drive) X(f32, share) X(f32, each_message) X(f32, each_group) X(f32, eager) X(f32, comment_scale) \
  X(f32, turned) X(f32, opened) X(f32, dose_of_view) X(u8, month) X(u8, feast)
#define OF_TIES(X) \
  X(f32, weight[0]) X(f32, weight[1]) X(f32, view[0]) X(f32, view[1]) X(f32, power[0]) X(f32, power[1]) X(f32, sum[0]) \
  X(f32, sum[1]) X(f32, busy) X(u8, near) X(u8, friends) X(Record, records)

typedef struct { /* of a tie: what only acts touch */
  i32 last_real, last_composed;
  f32 minutes;
  u16 contacts, chances;
  u8 gestures[2][GESTURES], class[2];
} Record;

#define ARRAY(type, name, ...) type *name;
#define NUMBER(type, name) type name;
typedef struct { PEOPLE(ARRAY) } People;
typedef struct { TIES(ARRAY) } Ties;
typedef struct { TALLY(ARRAY) } Tally;
typedef struct { TABLES(ARRAY) NUMBERS(NUMBER) } Rules;
typedef struct { People people; Ties ties; Tally tally; Rules rules; i64 persons, rows, finest, day, seed; } Input;

enum { WEIGHT, OFFERED, ATTENTION, COMMUNITY, SUMS }; /* of a person over ties: W, R, sum of q c^gamma, ties that share a place */
enum { SEEN, SPOKEN, SAID };                          /* of a person: views, and comments before scaling */

typedef struct {
  Input in;
  People people;
  Ties ties;
  Rules rules;
  OF_PEOPLE(ARRAY)
  i32 *who[2];
  f32 *c[2], *weight[2], *view[2], *power[2], *sum[2], *busy;
  u8 *class[2], *near, *friends; /* near: friends on the platform who share a place */
  Record *records;
  i64 *sums, *said; /* by thread, person, and what is summed */
  i64 persons, rows, day, days;
  u64 seed;
  i32 threads;
  pthread_barrier_t barrier;
  pthread_mutex_t mutex;
} World;

/* ---- draws (7.10) ------------------------------------------------------------------------------------------------------- */

#define ROUND(n) { \
    u64 p = (u64)0xD2511F53u * a, q = (u64)0xCD9E8D57u * c; \
    u32 next_a = (u32)(q >> 32) ^ b ^ (k0 + n * 0x9E3779B9u), next_c = (u32)(p >> 32) ^ d ^ (k1 + n * 0xBB67AE85u); \
    b = (u32)q; d = (u32)p; a = next_a; c = next_c; }
#define TEN_ROUNDS ROUND(0u) ROUND(1u) ROUND(2u) ROUND(3u) ROUND(4u) ROUND(5u) ROUND(6u) ROUND(7u) ROUND(8u) ROUND(9u)

static inline f32 unit(u32 word) { return (f32)(i32)(word >> 8) * (1.0f / 16777216.0f); }

/* Draws of up to 64 pairs. use: use + 256 item of each; word: four uniforms of each */
static void draw_block(u64 seed, i64 day, const i32 *restrict i, const i32 *restrict j, const i32 *restrict use, int n,
                       f32 word[restrict 4][BLOCK]) {
  const u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
  for (int k = 0; k < n; k++) {
    u32 a = i[k], b = j[k], c = (u32)day, d = use[k];
    TEN_ROUNDS
    word[0][k] = unit(a); word[1][k] = unit(b); word[2][k] = unit(c); word[3][k] = unit(d);
  }
}

typedef struct { f32 word[4]; } Draw;

static Draw draw(const World *w, u32 use, i64 day, i32 i, i32 j, u32 item) {
  const u32 k0 = (u32)w->seed, k1 = (u32)(w->seed >> 32);
  u32 a = i, b = j, c = (u32)day, d = use + 256 * item;
  TEN_ROUNDS
  return (Draw){{unit(a), unit(b), unit(c), unit(d)}};
}

/* exp(-mean): 1 over a series in mean/16, squared four times */
static inline f32 exp_minus(f32 mean) {
  f32 x = mean * (1.0f / 16), p = 1 + x * (1.0f / 6) * (1 + x * (1.0f / 7));
  p = 1 + x * (1 + x * (1.0f / 2) * (1 + x * (1.0f / 3) * (1 + x * (1.0f / 4) * (1 + x * (1.0f / 5) * p))));
  p *= p; p *= p; p *= p; p *= p;
  return 1 / p;
}

/* N(word, mean), from term = exp(-mean) */
static inline int count_of(f32 word, f32 mean, f32 term) {
  int k = 0;
  for (f32 below = term; word >= below && k < MOST; below += term) { k++; term = term * mean / (f32)k; }
  return k;
}

/* Whether k < N(word, mean) */
static inline int happens(int k, f32 word, f32 mean) {
  f32 term = exp_minus(mean), below = term;
  for (int n = 1; n <= k; n++) { term = term * mean / (f32)n; below += term; }
  return word >= below;
}

/* ---- powers and whole numbers ------------------------------------------------------------------------------------------- */

static inline i32 bits_of(f32 x) { union { f32 f; i32 i; } u = {x}; return u.i; }
static inline f32 float_of(i32 bits) { union { i32 i; f32 f; } u = {bits}; return u.f; }

static void logarithms(const f32 *restrict x, f32 *restrict log2, int n) { /* by the series in (m - 1)/(m + 1) */
  for (int k = 0; k < n; k++) {
    i32 above = bits_of(x[k]) - 0x3F3504F3; /* the mantissa m lies between sqrt(1/2) and sqrt(2) */
    f32 m = float_of(bits_of(x[k]) - (above & -0x800000)), s = (m - 1) / (m + 1), s2 = s * s;
    log2[k] = (f32)(above >> 23) +
              s * (2.8853900818f + s2 * (0.9617966939f + s2 * (0.5770780164f + s2 * (0.4121985831f + s2 * 0.3205988980f))));
  }
}

static void powers(const f32 *restrict x, const f32 *restrict log2, const f32 *restrict exponent, f32 *restrict power, int n) {
  for (int k = 0; k < n; k++) {
    f32 y = exponent[k] * log2[k];
    y = y > -126 ? y : -126;
    f32 whole = (y + 12582912.0f) - 12582912.0f, f = y - whole;
    f32 series = 1 + f * (0.6931471806f + f * (0.2402265070f + f * (0.0555041087f + f * (0.0096181291f + f * (0.0013333558f +
                 f * (0.0001540353f + f * 0.0000152527f))))));
    power[k] = x[k] > 0 ? series * float_of(((i32)whole + 127) << 23) : 0;
  }
}

/* x in units of 2^-36, rounded: adding 1.5 2^52 leaves the whole number in the low bits */
static inline i64 fixed(f32 x) {
  union { f64 f; i64 i; } sum = {(f64)x * FIXED + 6755399441055744.0}, zero = {6755399441055744.0};
  return sum.i - zero.i;
}

static inline i64 tallied(f32 x) { return (i64)((f64)x * TALLIED + 0.5); }

static inline int months_since(int birthday, int day_of_year) {
  int days = day_of_year - birthday;
  return (days < 0 ? days + YEAR : days) * MONTHS / YEAR;
}

/* Add values of both sides of up to 64 ties to the sums of their people. Ties of one i follow each other. */
static inline void add_up(const i32 *i, const i32 *j, int n, int width, i64 values[][2][BLOCK], i64 *sums) {
  i64 own[SUMS] = {0};
  for (int k = 0; k < n; k++) {
    i64 *other = sums + (i64)j[k] * width, *mine = sums + (i64)i[k] * width;
    for (int what = 0; what < width; what++) { own[what] += values[what][0][k]; other[what] += values[what][1][k]; }
    if (k == n - 1 || i[k + 1] != i[k])
      for (int what = 0; what < width; what++) { mine[what] += own[what]; own[what] = 0; }
  }
}

/* ---- plan (7.1, 7.4, 7.5): every function does it for the ties from first to last --------------------------------------- */

#define FOR_BLOCKS(start, n, first, last) \
  for (i64 start = first, n; start < last && (n = last - start < BLOCK ? last - start : BLOCK, 1); start += BLOCK)

/* Sum closeness for the year's means, and tally it by class and by months since a birthday, in lanes against waiting. */
static void observe(const World *w, i64 first, i64 last, Tally *tally) {
  enum { LANES = 4, PLACES = CLASSES * MONTHS };
  i64 sums[LANES][PLACES] = {0}, numbers[LANES][PLACES] = {0};
  for (int side = 0; side < 2; side++) {
    for (i64 row = first; row < last; row++) w->sum[side][row] += w->c[side][row];
    FOR_BLOCKS(start, n, first, last) {
      const f32 *felt = w->c[1 - side] + start; /* by the other, for this person */
      i64 values[BLOCK];
      for (int k = 0; k < n; k++) values[k] = tallied(felt[k]);
      for (int k = 0; k < n; k++) {
        i64 row = start + k, there = !(w->ties.flags[row] & ENDED);
        int place = w->class[side][row] * MONTHS + w->month[w->who[side][row]];
        sums[k % LANES][place] += there * values[k];
        numbers[k % LANES][place] += there;
      }
    }
  }
  for (int k = 0; k < LANES * PLACES; k++) {
    tally->season_closeness[k % PLACES] += sums[k / PLACES][k % PLACES];
    tally->season_ties[k % PLACES] += numbers[k / PLACES][k % PLACES];
  }
}

/* Weights w = q c^gamma, powers c^gamma_i, and each person's sums. */
static void weigh(const World *w, i64 first, i64 last, i64 *sums) {
  f32 log2[BLOCK], gamma[BLOCK], exponent[BLOCK], posts[BLOCK], q[BLOCK];
  i64 values[SUMS][2][BLOCK];
  for (int k = 0; k < BLOCK; k++) gamma[k] = w->rules.gamma;
  FOR_BLOCKS(start, n, first, last) {
    const u16 *flags = w->ties.flags + start;
    const u8 *near = w->near + start, *friends = w->friends + start;
    for (int k = 0; k < n; k++) q[k] = flags[k] & ENDED ? 0 : w->ties.affinity[start + k];
    for (int side = 0; side < 2; side++) {
      const i32 *me = w->who[side] + start, *other = w->who[1 - side] + start;
      const f32 *c = w->c[side] + start;
      f32 *restrict weight = w->weight[side] + start, *restrict power = w->power[side] + start;
      for (int k = 0; k < n; k++) { exponent[k] = w->people.attend[me[k]]; posts[k] = w->people.posts[other[k]]; }
      logarithms(c, log2, n);
      powers(c, log2, gamma, weight, n);
      powers(c, log2, exponent, power, n);
      for (int k = 0; k < n; k++) weight[k] *= q[k];
      for (int k = 0; k < n; k++) values[WEIGHT][side][k] = fixed(weight[k]);
      for (int k = 0; k < n; k++) values[OFFERED][side][k] = fixed((f32)friends[k] * posts[k]);
      for (int k = 0; k < n; k++) values[ATTENTION][side][k] = fixed((f32)friends[k] * q[k] * power[k]);
      for (int k = 0; k < n; k++) values[COMMUNITY][side][k] = near[k];
    }
    add_up(w->who[0] + start, w->who[1] + start, n, SUMS, values, sums);
  }
}

/* Views of the week, and each person's views and comments before scaling. The feed is in chronological order. */
static void rate_views(const World *w, i64 first, i64 last, i64 *said) {
  f32 posts[BLOCK], opened[BLOCK], discussed[BLOCK], share[BLOCK], turned[BLOCK];
  i64 values[SAID][2][BLOCK];
  const f32 floor = w->rules.floor, visits = w->rules.visits;
  FOR_BLOCKS(start, n, first, last) {
    const u8 *friends = w->friends + start;
    for (int side = 0; side < 2; side++) {
      const i32 *me = w->who[side] + start, *other = w->who[1 - side] + start;
      const f32 *power = w->power[side] + start;
      f32 *restrict view = w->view[side] + start;
      for (int k = 0; k < n; k++) { posts[k] = w->people.posts[other[k]]; opened[k] = w->opened[other[k]]; }
      for (int k = 0; k < n; k++) { share[k] = w->share[me[k]]; turned[k] = w->turned[me[k]]; }
      for (int k = 0; k < n; k++) discussed[k] = w->people.discussed[other[k]];
      for (int k = 0; k < n; k++) {
        f32 eager = turned[k] * power[k], warmth = floor + (eager < 1 ? eager : 1);
        f32 shown = share[k] * posts[k], opens = opened[k] * warmth;
        shown = shown < posts[k] ? shown : posts[k];
        opens = opens < 1 ? opens : 1;
        view[k] = (f32)friends[k] * (shown * opens + visits * warmth);
      }
      for (int k = 0; k < n; k++) values[SEEN][side][k] = fixed(view[k]);
      for (int k = 0; k < n; k++) values[SPOKEN][side][k] = fixed(discussed[k] * view[k] * power[k]);
    }
    add_up(w->who[0] + start, w->who[1] + start, n, SAID, values, said);
  }
}

typedef struct { f32 rate[4]; } Rates; /* reactions, comments, messages, group exchanges a day of one side toward a friend */

static inline Rates rates_of(const World *w, i64 row, int side) {
  i32 me = w->who[side][row], other = w->who[1 - side][row];
  f32 view = w->view[side][row], power = w->power[side][row];
  return (Rates){{w->eager[me] * view, w->comment_scale[me] * w->people.discussed[other] * view * power,
                  (f32)w->friends[row] * w->each_message[me] * w->ties.affinity[row] * power,
                  (f32)w->near[row] * w->each_group[me]}};
}

/* The sum of these rates over both sides: all platform acts of a pair that are no answers, a day */
static void sum_rates(const World *w, i64 first, i64 last) {
  f32 eager[BLOCK], scale[BLOCK], discussed[BLOCK], message[BLOCK], group[BLOCK], sum[BLOCK];
  FOR_BLOCKS(start, n, first, last) {
    const f32 *affinity = w->ties.affinity + start;
    const u8 *friends = w->friends + start, *near = w->near + start;
    for (int k = 0; k < n; k++) sum[k] = 0;
    for (int side = 0; side < 2; side++) {
      const i32 *me = w->who[side] + start, *other = w->who[1 - side] + start;
      const f32 *view = w->view[side] + start, *power = w->power[side] + start;
      for (int k = 0; k < n; k++) { eager[k] = w->eager[me[k]]; scale[k] = w->comment_scale[me[k]]; }
      for (int k = 0; k < n; k++) { message[k] = w->each_message[me[k]]; group[k] = w->each_group[me[k]]; }
      for (int k = 0; k < n; k++) discussed[k] = w->people.discussed[other[k]];
      for (int k = 0; k < n; k++)
        sum[k] += view[k] * (eager[k] + scale[k] * discussed[k] * power[k]) +
                  (f32)friends[k] * message[k] * affinity[k] * power[k] + (f32)near[k] * group[k];
    }
    for (int k = 0; k < n; k++) w->busy[start + k] = sum[k];
  }
}

/* Tally the expected views of the week, and the closeness that they give. */
static void tally_views(const World *w, i64 first, i64 last, Tally *tally) {
  for (i64 row = first; row < last; row++) {
    if (!w->friends[row]) continue;
    for (int side = 0; side < 2; side++) {
      i32 me = w->who[side][row], other = w->who[1 - side][row];
      f32 view = w->view[side][row];
      int place = w->people.group[me] * CLASSES + w->class[side][row];
      tally->viewed[place] += WEEK * tallied(view);
      tally->absorbed[place * CHANNELS + VIEW] += WEEK * tallied(w->dose_of_view[other] * view * (1 - w->c[side][row]));
    }
  }
}

/* ---- plan, for the people from first to last ---------------------------------------------------------------------------- */

static void add_threads(const World *w, i64 *sums, int width, i64 person) { /* what the threads summed for a person */
  for (int thread = 1; thread < w->threads; thread++)
    for (int what = 0; what < width; what++) sums[person * width + what] += sums[(thread * w->persons + person) * width + what];
}

/* Months since birthdays, and a bit for each day of the week that is a true or shown birthday */
static void look_at_dates(World *w, i64 first, i64 last, i64 day) {
  for (i64 person = first; person < last; person++) {
    int birthday = w->people.birthday[person], shown = w->people.shown[person], feast = 0;
    for (int d = 0; d < WEEK; d++) feast |= (birthday == (day + d) % YEAR || shown == (day + d) % YEAR) << d;
    w->month[person] = months_since(birthday, day % YEAR);
    w->feast[person] = feast;
  }
}

/* What turns sums into rates: of contact, of the feed */
static void share_out(World *w, i64 first, i64 last) {
  const People *p = &w->people;
  for (i64 person = first; person < last; person++) {
    const i64 *sums = w->sums + person * SUMS;
    add_threads(w, w->sums, SUMS, person);
    f64 weight = sums[WEIGHT] / FIXED, offered = sums[OFFERED] / FIXED;
    w->drive[person] = weight > 0 ? p->contacts[person] * p->kept[person] / weight : 0;
    w->share[person] = offered > 0 ? p->items[person] * w->rules.friends_share / offered : 0;
  }
}

/* Scale acts so that they fit into the minutes that reading leaves. */
static void fit_minutes(World *w, i64 first, i64 last) {
  const People *p = &w->people;
  const Rules *r = &w->rules;
  for (i64 person = first; person < last; person++) {
    const i64 *sums = w->sums + person * SUMS, *said = w->said + person * SAID;
    add_threads(w, w->said, SAID, person);
    f64 talk = said[SPOKEN] / FIXED, weight = sums[ATTENTION] / FIXED, sharing = sums[COMMUNITY];
    f64 comments = p->comments[person], private = (f64)p->messages[person] + p->groups[person];
    f64 to_one = weight > 0 && sharing > 0 ? (private > 0 ? p->messages[person] / private : 1) : weight > 0;
    if (!(weight > 0) && !(sharing > 0)) { comments += private; private = 0; } /* what cannot be sent goes to the other side */
    if (!(talk > 0)) { private += weight > 0 || sharing > 0 ? comments : 0; comments = 0; }
    f64 messages = private * to_one, groups = private * (1 - to_one);
    f64 needed = p->reactions[person] * (said[SEEN] / FIXED) * r->minutes[REACTION] + comments * r->minutes[COMMENT];
    needed += messages * r->minutes[MESSAGE] + groups * r->minutes[GROUP];
    f64 left = p->minutes[person] - p->items[person] * r->item_minutes;
    f64 free = needed > left ? (left > 0 ? left / needed : 0) : 1;
    w->eager[person] = p->reactions[person] * free;
    w->comment_scale[person] = talk > 0 ? comments * free / talk : 0;
    w->each_message[person] = weight > 0 ? messages * free / weight : 0;
    w->each_group[person] = sharing > 0 ? groups * free / sharing : 0;
  }
}

/* ---- a week of a strip: k is the place of a tie in it ------------------------------------------------------------------- */

enum { CANDIDATES = SORTS * MOST * STRIP, BINS = SORTS * WEEK, ACTS = (2 * MOST + 3 * MOST + 5) * STRIP };

typedef struct { i32 k, item; f32 word1, word2, word3; u8 bin; } Candidate; /* bin: weekday and sort */
typedef struct { i32 k; u8 side, channel, cause; } Act;                     /* side: 0 if i is the sender */
typedef struct { i32 k; f32 missed[4], doses[2], after[4]; } Today;         /* of a tie with acts today; see `record` */

typedef struct { /* what one thread needs */
  f32 word[SORTS][STRIP];              /* the luck of the week */
  f32 most[SORTS][STRIP];              /* mean number of candidates at the highest rate that the memories allow */
  f32 left[STRIP], unread[3][STRIP];   /* what a day leaves of closeness; what its views leave of 1 - c_ij, 1 - c_ji, 1 - t */
  i32 feasting[STRIP + 1];             /* ties of which one of the two has or shows a birthday this week */
  i32 listed[CANDIDATES], use[CANDIDATES];
  Candidate drawn[CANDIDATES], candidates[CANDIDATES]; /* in the order of ties, and of bins */
  i32 ends[BINS + 1];                  /* candidates of a bin lie from ends[bin] to ends[bin + 1] */
  Act acts[ACTS];
  i32 slot[STRIP];                     /* 1 + the place of a tie in `today`, 0 for none */
  Today today[STRIP];
} Room;

/* List the candidates of a sort (7.2), from number n on. Returns the new number. */
static int list_candidates(Room *room, int sort, int size, int n) {
  const f32 *word = room->word[sort], *mean = room->most[sort];
  i32 loud[STRIP + 1];
  f32 term[STRIP];
  u8 may[STRIP];
  int many = 0;
  for (int k = 0; k < size; k++) /* exp(-m) is at least 1 - m + m^2/2 - m^3/6, so other ties have none */
    may[k] = word[k] + mean[k] * (1 - mean[k] * (0.5f - mean[k] * (1.0f / 6))) >= 1 - 2e-5f;
  for (int k = 0; k < size; k++) { loud[many] = k; many += may[k]; }
  for (int at = 0; at < many; at++) term[at] = mean[loud[at]];
  for (int at = 0; at < many; at++) term[at] = exp_minus(term[at]);
  for (int at = 0; at < many; at++) {
    int candidates = count_of(word[loud[at]], mean[loud[at]], term[at]);
    for (int item = 0; item < candidates; item++) { room->listed[n] = loud[at]; room->use[n++] = USES[sort] + 256 * item; }
  }
  return n;
}

/* Draw the candidates of the week and sort them by weekday and sort. */
static void draw_candidates(const World *w, i64 week, i64 first, Room *room, int many) {
  i32 i[BLOCK], j[BLOCK], to[BINS];
  f32 word[4][BLOCK];
  memset(room->ends, 0, sizeof room->ends);
  FOR_BLOCKS(start, n, 0, many) {
    const i32 *listed = room->listed + start, *use = room->use + start;
    for (int k = 0; k < n; k++) { i[k] = w->ties.i[first + listed[k]]; j[k] = w->ties.j[first + listed[k]]; }
    draw_block(w->seed, week, i, j, use, n, word);
    for (int k = 0; k < n; k++) {
      int kind = use[k] & 255, sort = kind == USE_CONTACT ? PLANNED : kind == USE_MEETING ? MET : PLATFORM;
      u8 bin = (int)(WEEK * word[0][k]) * SORTS + sort;
      room->drawn[start + k] = (Candidate){listed[k], use[k] >> 8, word[1][k], word[2][k], word[3][k], bin};
      room->ends[bin + 1]++;
    }
  }
  for (int bin = 0; bin < BINS; bin++) { room->ends[bin + 1] += room->ends[bin]; to[bin] = room->ends[bin]; }
  for (int at = 0; at < many; at++) room->candidates[to[room->drawn[at].bin]++] = room->drawn[at];
}

/* Luck, candidates, birthdays and fading of the week. Returns the number of ties with birthdays. */
static int begin_week(const World *w, i64 week, i64 first, int size, Room *room) {
  const f32 highest = WEEK * (1 + w->rules.complement), touched = w->rules.touches[VIEW];
  const f32 left[3] = {1 - w->rules.fade[0], 1 - w->rules.fade[1], 1 - w->rules.fade[2]};
  i32 use[BLOCK];
  int feasts = 0, candidates = 0;
  for (int k = 0; k < BLOCK; k++) use[k] = USE_TIE;
  FOR_BLOCKS(start, n, 0, size) {
    i64 row = first + start;
    const i32 *i = w->ties.i + row, *j = w->ties.j + row;
    const f32 *w_ij = w->weight[0] + row, *w_ji = w->weight[1] + row, *v_ij = w->view[0] + row, *v_ji = w->view[1] + row;
    const f32 *chance = w->ties.chance + row, *busy = w->busy + row;
    const u8 *kind = w->ties.kind + row;
    f32 word[4][BLOCK], drive_i[BLOCK], drive_j[BLOCK], dose_i[BLOCK], dose_j[BLOCK], most[SORTS][BLOCK], unread[3][BLOCK];
    draw_block(w->seed, week, i, j, use, n, word);
    for (int k = 0; k < n; k++) { drive_i[k] = w->drive[i[k]]; drive_j[k] = w->drive[j[k]]; }
    for (int k = 0; k < n; k++) { dose_i[k] = w->dose_of_view[i[k]]; dose_j[k] = w->dose_of_view[j[k]]; }
    for (int k = 0; k < n; k++) most[PLANNED][k] = (drive_i[k] * w_ij[k] + drive_j[k] * w_ji[k]) * highest;
    for (int k = 0; k < n; k++) { most[MET][k] = WEEK * chance[k]; most[PLATFORM][k] = WEEK * busy[k]; }
    for (int k = 0; k < n; k++) {
      f32 of_i = 1 - dose_j[k] * v_ij[k], of_j = 1 - dose_i[k] * v_ji[k], of_t = 1 - touched * (v_ij[k] + v_ji[k]);
      unread[0][k] = of_i > 0 ? of_i : 0;
      unread[1][k] = of_j > 0 ? of_j : 0;
      unread[2][k] = of_t > 0 ? of_t : 0;
    }
    for (int what = 0; what < 3; what++) {
      memcpy(room->word[what] + start, word[what], sizeof *word);
      memcpy(room->most[what] + start, most[what], sizeof *most);
      memcpy(room->unread[what] + start, unread[what], sizeof *unread);
    }
    for (int k = 0; k < n; k++) room->left[start + k] = kind[k] == 0 ? left[0] : kind[k] == 1 ? left[1] : left[2];
    for (int k = 0; k < n; k++) { room->feasting[feasts] = start + k; feasts += (w->feast[i[k]] | w->feast[j[k]]) != 0; }
  }
  for (int sort = 0; sort < SORTS; sort++) candidates = list_candidates(room, sort, size, candidates);
  draw_candidates(w, week, first, room, candidates);
  return feasts;
}

/* ---- acts of a day: each function appends its acts from number n on, and returns the new number ------------------------- */

static inline u8 way(const World *w, i64 row, f32 word) { /* of a planned contact */
  int far = (w->ties.flags[row] & FAR) != 0;
  return word < w->rules.visit[far] ? VISIT : word < w->rules.visit[far] + w->rules.call[far] ? CALL : LETTER;
}

static int meet(const World *w, Room *room, i64 first, int weekday, int n) { /* 7.2 */
  const i32 *ends = room->ends + weekday * SORTS;
  for (const Candidate *it = room->candidates + ends[PLANNED]; it < room->candidates + ends[PLANNED + 1]; it++) {
    i64 row = first + it->k;
    f32 scale = (1 - w->rules.substitution * w->ties.touch[row]) * (1 + w->rules.complement * w->ties.exchange[row]);
    f32 from_i = w->drive[w->ties.i[row]] * w->weight[0][row] * scale;
    f32 rate = from_i + w->drive[w->ties.j[row]] * w->weight[1][row] * scale;
    if (!happens(it->item, room->word[PLANNED][it->k], WEEK * rate)) continue;
    room->acts[n++] = (Act){it->k, it->word1 * rate >= from_i, way(w, row, it->word2), OWN};
  }
  for (int at = ends[MET]; at < ends[MET + 1]; at++) room->acts[n++] = (Act){room->candidates[at].k, 0, CHANCE, OWN};
  return n;
}

static int respond(const World *w, Room *room, i64 week, i64 first, int weekday, int n) { /* 7.5 */
  const i32 *ends = room->ends + weekday * SORTS;
  for (const Candidate *it = room->candidates + ends[PLATFORM]; it < room->candidates + ends[PLATFORM + 1]; it++) {
    i64 row = first + it->k;
    Rates rates[2] = {rates_of(w, row, 0), rates_of(w, row, 1)};
    f32 place = it->word1 * w->busy[row], end = 0;
    int number = 0;
    for (int k = 0; k < 8; k++) { end += rates[k / 4].rate[k % 4]; number += place >= end; }
    if (number == 8) continue;
    int side = number / 4, channel = OWN_ACTS[number % 4];
    room->acts[n++] = (Act){it->k, side, channel, OWN};
    f32 c = w->c[1 - side][row]; /* what the receiver feels */
    if (channel == REACTION || c == 0 || it->word2 >= w->rules.reply[channel] * c / (c + w->rules.reply_half)) continue;
    room->acts[n++] = (Act){it->k, 1 - side, channel, OWN};
    if (it->word3 >= w->rules.meet_after) continue;
    f32 word = draw(w, USE_WAY, week, w->ties.i[row], w->ties.j[row], it->item).word[0];
    room->acts[n++] = (Act){it->k, side, way(w, row, word), OWN};
  }
  return n;
}

static int new_year(const World *w, Room *room, i64 day, i64 first, int size, int n) { /* 7.3 */
  for (int k = 0; k < size; k++) {
    i64 row = first + k;
    f32 keen[2];
    if ((w->ties.flags[row] & (SHARED | ENDED)) != SHARED) continue;
    for (int side = 0; side < 2; side++) {
      f32 c = w->c[side][row];
      keen[side] = c > 0 ? w->rules.cards * c / (c + w->rules.cards_half) : 0;
    }
    Draw it = draw(w, USE_CARD, day, w->ties.i[row], w->ties.j[row], 0);
    if (it.word[0] < 1 - (1 - keen[0]) * (1 - keen[1]))
      room->acts[n++] = (Act){k, it.word[1] * (keen[0] + keen[1]) >= keen[0], CARD, OWN};
  }
  return n;
}

static int greet(const World *w, Room *room, i64 day, i64 first, int k, int n) { /* 7.6, in public */
  const People *p = &w->people;
  i64 row = first + k;
  for (int side = 0; side < 2; side++) {
    i32 me = w->who[side][row], other = w->who[1 - side][row];
    f32 c = w->c[side][row];
    if (p->shown[other] != day % YEAR || !p->member[me] || !p->member[other]) continue;
    if (draw(w, USE_ACTIVE, day, me, me, 0).word[0] >= w->rules.active) continue;
    if (w->ties.flags[row] & KNOWS << side && p->birthday[other] != p->shown[other]) {
      if (draw(w, USE_UNBIRTHDAY, day, me, other, 0).word[0] < w->rules.nonbirthday * c)
        room->acts[n++] = (Act){k, side, MESSAGE, NONBIRTHDAY};
      continue;
    }
    f64 propensity = 1 / (1 + exp(-(f64)(w->rules.level + p->greet[me] + w->rules.slope * (c - w->rules.centre))));
    if (draw(w, USE_GREET, day, me, other, 0).word[0] >= (f32)propensity) continue;
    room->acts[n++] = (Act){k, side, GREETING, PROMPT};
    w->ties.flags[row] |= GREETED << side;
  }
  return n;
}

static int remember(const World *w, Room *room, i64 day, i64 first, int k, int n) { /* 7.3 */
  i64 row = first + k;
  u16 before = w->ties.flags[row];
  for (int side = 0; side < 2; side++) {
    i32 me = w->who[side][row], other = w->who[1 - side][row];
    if (w->people.birthday[other] != day % YEAR) continue;
    w->ties.flags[row] &= ~(GREETED << side);
    if (before & ENDED || !(before & KNOWS << side)) continue;
    f32 c = w->c[side][row], half = w->rules.wish_half;
    Draw it = draw(w, USE_WISH, day, me, other, 0);
    if (it.word[0] >= w->rules.wish * c * c / (c * c + half * half)) continue;
    if (before & GREETED << side && it.word[1] < w->rules.suppression) continue;
    u8 channel = it.word[2] < w->rules.by_card ? CARD : it.word[2] < w->rules.by_card + w->rules.by_call ? CALL : VISIT;
    room->acts[n++] = (Act){k, side, channel, BIRTHDAY};
  }
  return n;
}

/* ---- absorb (7.7), and what measures count (8) -------------------------------------------------------------------------- */

/* Dose of an act for one side. In a two-sided act both are receivers. */
static inline f32 dose_of(const World *w, const Act *act, int side) {
  return act->side == side && !TWO_SIDED[act->channel] ? w->rules.dose_sent[act->channel] : w->rules.dose[act->channel];
}

static inline int gesture(int channel, int cause) {
  static const int of_channel[CHANNELS] = {-1, -1, 6, -1, -1, -1, 5, 4, -1, 3, -1};
  return cause == OWN ? of_channel[channel] : cause - 1;
}

/* Take acts down. In `today`: the products of 1 - dose for i and for j and of 1 - touch, 0 after a composed platform act, and
   sums of doses. In the tie's record and in the tally: what measures count. Returns the number of ties with acts. */
static int record(const World *w, Room *room, i64 day, i64 first, int acts, Tally *tally) {
  const People *p = &w->people;
  int ties = 0, day_of_year = day % YEAR;
  for (const Act *act = room->acts; act < room->acts + acts; act++) {
    int channel = act->channel, real = REAL[channel], composed = COMPOSED[channel];
    i64 row = first + act->k;
    Record *kept = w->records + row;
    if (!room->slot[act->k]) {
      room->today[ties] = (Today){act->k, {1, 1, 1, 1}, {0, 0}, {0, 0, 0, 0}};
      room->slot[act->k] = ++ties;
    }
    Today *today = room->today + room->slot[act->k] - 1;
    today->missed[2] *= 1 - w->rules.touches[channel];
    if (composed && !real) today->missed[3] = 0;
    for (int side = 0; side < 2; side++) {
      i32 person = w->who[side][row];
      f32 dose = dose_of(w, act, side);
      today->missed[side] *= 1 - dose;
      today->doses[side] += dose;
      i64 place = (p->group[person] * CLASSES + kept->class[side]) * CHANNELS + channel;
      if (act->side != side) tally->received[place * CAUSES + act->cause]++;
      else if (TWO_SIDED[channel]) tally->received[place * CAUSES + OWN]++;
      if (real && act->cause != BIRTHDAY)
        tally->season[kept->class[side] * MONTHS + months_since(p->birthday[person], day_of_year)]++;
    }
    if (real) kept->last_real = day;
    if (composed) kept->last_composed = day;
    kept->contacts += composed;
    kept->chances += channel == CHANCE;
    if (real && composed)
      kept->minutes += w->rules.minutes[channel] * (1 + w->rules.minutes_slope * (w->c[0][row] + w->c[1][row] - 1));
    int sort = gesture(channel, act->cause);
    if (sort >= 0 && kept->gestures[act->side][sort] < 255) kept->gestures[act->side][sort]++;
    if (act->cause != OWN) {
      i32 celebrant = w->who[1 - act->side][row];
      int date = p->shown[celebrant] < 0 ? 2 : p->shown[celebrant] != p->birthday[celebrant];
      tally->celebrated[(date * CLASSES + kept->class[1 - act->side]) * CAUSES + act->cause]++;
    }
  }
  for (const Act *act = room->acts; act < room->acts + acts; act++) { /* acts share the gain of their side by their doses */
    const Today *today = room->today + room->slot[act->k] - 1;
    for (int side = 0; side < 2; side++) {
      i64 row = first + act->k, place = (p->group[w->who[side][row]] * CLASSES + w->class[side][row]) * CHANNELS + act->channel;
      f32 gain = (1 - today->missed[side]) * (1 - w->c[side][row]);
      if (today->doses[side] > 0) tally->absorbed[place] += tallied(gain * (dose_of(w, act, side) / today->doses[side]));
    }
  }
  return ties;
}

/* Closeness and memories at the end of the day: of all ties as if there had been no acts, then of those with acts. */
static void absorb(const World *w, Room *room, i64 first, int size, int ties) {
  f32 *restrict c = w->c[0] + first, *restrict e = w->c[1] + first;
  f32 *restrict t = w->ties.touch + first, *restrict x = w->ties.exchange + first;
  const f32 *restrict left = room->left, *restrict of_i = room->unread[0], *restrict of_j = room->unread[1];
  const f32 *restrict of_t = room->unread[2];
  const f32 t_left = 1 - w->rules.touch_fade, x_left = 1 - w->rules.exchange_fade;
  for (Today *today = room->today; today < room->today + ties; today++) {
    const f32 *missed = today->missed;
    int k = today->k;
    today->after[0] = c[k] * left[k] + (1 - missed[0] * of_i[k]) * (1 - c[k]);
    today->after[1] = e[k] * left[k] + (1 - missed[1] * of_j[k]) * (1 - e[k]);
    today->after[2] = t[k] * t_left + (1 - missed[2] * of_t[k]) * (1 - t[k]);
    today->after[3] = x[k] * x_left * missed[3] + (1 - missed[3]);
    room->slot[k] = 0;
  }
  for (int k = 0; k < size; k++) c[k] = c[k] * left[k] + (1 - of_i[k]) * (1 - c[k]);
  for (int k = 0; k < size; k++) e[k] = e[k] * left[k] + (1 - of_j[k]) * (1 - e[k]);
  for (int k = 0; k < size; k++) { t[k] = t[k] * t_left + (1 - of_t[k]) * (1 - t[k]); x[k] *= x_left; }
  for (const Today *today = room->today; today < room->today + ties; today++) {
    int k = today->k;
    c[k] = today->after[0]; e[k] = today->after[1]; t[k] = today->after[2]; x[k] = today->after[3];
  }
}

/* The first days of a week in one strip. */
static void run_week(const World *w, i64 week, int days, i64 first, int size, Room *room, Tally *tally) {
  int feasts = begin_week(w, week, first, size, room);
  for (int weekday = 0; weekday < days; weekday++) {
    i64 day = week + weekday;
    int n = meet(w, room, first, weekday, 0);
    n = respond(w, room, week, first, weekday, n);
    if (day % YEAR == 0) n = new_year(w, room, day, first, size, n);
    for (int at = 0; at < feasts; at++) {
      int k = room->feasting[at];
      if (!((w->feast[w->ties.i[first + k]] | w->feast[w->ties.j[first + k]]) >> weekday & 1)) continue;
      if (w->ties.flags[first + k] & LINKED) n = greet(w, room, day, first, k, n);
      n = remember(w, room, day, first, k, n);
    }
    absorb(w, room, first, size, record(w, room, day, first, n, tally));
  }
}

/* ---- threads ------------------------------------------------------------------------------------------------------------ */

typedef struct { World *world; int number; } Thread;

static i64 part(i64 whole, const Thread *me, int more) { return whole * (me->number + more) / me->world->threads; }

static void *work(void *argument) {
  const Thread *me = argument;
  World *w = me->world;
  i64 P = w->in.finest, strips = (w->rows + STRIP - 1) / STRIP;
  i64 first = part(strips, me, 0) * STRIP, end = part(strips, me, 1) * STRIP, last = end < w->rows ? end : w->rows;
  i64 from = part(w->persons, me, 0), to = part(w->persons, me, 1);
  i64 *sums = w->sums + me->number * w->persons * SUMS, *said = w->said + me->number * w->persons * SAID;
  Room *room = calloc(1, sizeof *room);
  Tally tally;
#define ZEROS(type, name, size) tally.name = calloc(size, sizeof(type));
  TALLY(ZEROS)
  for (i64 begun = 0; begun < w->days; begun += WEEK) {
    i64 week = w->day + begun, days = w->days - begun < WEEK ? w->days - begun : WEEK;
    pthread_barrier_wait(&w->barrier); /* nobody reads last week's numbers any more */
    memset(sums, 0, w->persons * SUMS * sizeof *sums);
    memset(said, 0, w->persons * SAID * sizeof *said);
    look_at_dates(w, from, to, week);
    pthread_barrier_wait(&w->barrier);
    observe(w, first, last, &tally);
    weigh(w, first, last, sums);
    pthread_barrier_wait(&w->barrier);
    share_out(w, from, to);
    pthread_barrier_wait(&w->barrier);
    rate_views(w, first, last, said);
    pthread_barrier_wait(&w->barrier);
    fit_minutes(w, from, to);
    pthread_barrier_wait(&w->barrier);
    sum_rates(w, first, last);
    tally_views(w, first, last, &tally);
    for (i64 row = first; row < last; row += STRIP)
      run_week(w, week, days, row, last - row < STRIP ? last - row : STRIP, room, &tally);
  }
  pthread_mutex_lock(&w->mutex);
#define ADD(type, name, size) for (i64 k = 0; k < size; k++) w->in.tally.name[k] += tally.name[k]; free(tally.name);
  TALLY(ADD)
  pthread_mutex_unlock(&w->mutex);
  free(room);
  return NULL;
}

/* ---- what Python calls -------------------------------------------------------------------------------------------------- */

static void *touched(i64 size) { /* memory whose pages are there, with room for a block more */
  void *memory = malloc(size + BLOCK * 8);
  return memset(memory, 0, size + BLOCK * 8);
}

World *prepare(const Input *in, i32 threads) {
  World *w = touched(sizeof *w);
  w->in = *in; w->people = in->people; w->ties = in->ties; w->rules = in->rules;
  w->persons = in->persons; w->rows = in->rows; w->day = in->day; w->seed = (u64)in->seed; w->threads = threads;
  w->who[0] = w->ties.i; w->c[0] = w->ties.c_ij; w->class[0] = w->ties.class_ij;
  w->who[1] = w->ties.j; w->c[1] = w->ties.c_ji; w->class[1] = w->ties.class_ji;
#define OF_A_PERSON(type, name) w->name = touched(w->persons * sizeof(type));
#define OF_A_TIE(type, name) w->name = touched(w->rows * sizeof(type));
  OF_PEOPLE(OF_A_PERSON) OF_TIES(OF_A_TIE)
  w->sums = touched(threads * w->persons * SUMS * sizeof(i64));
  w->said = touched(threads * w->persons * SAID * sizeof(i64));
  for (i64 person = 0; person < w->persons; person++) {
    w->turned[person] = powf(w->rules.attend_at, 1 - w->people.attend[person]);
    w->opened[person] = w->rules.opening * w->people.opened[person];
    w->dose_of_view[person] = w->rules.dose[VIEW] * w->people.dosed[person];
  }
  for (i64 row = 0; row < w->rows; row++) {
    i32 i = w->ties.i[row], j = w->ties.j[row];
    const i32 *here = w->people.places + 3 * i, *there = w->people.places + 3 * j;
    w->friends[row] = (w->ties.flags[row] & (LINKED | ENDED)) == LINKED && w->people.member[i] && w->people.member[j];
    for (int type = 0; type < 3; type++) w->near[row] |= w->friends[row] && here[type] >= 0 && here[type] == there[type];
    for (int side = 0; side < 2; side++) w->records[row].class[side] = w->class[side][row];
  }
  pthread_barrier_init(&w->barrier, NULL, threads);
  pthread_mutex_init(&w->mutex, NULL);
  return w;
}

/* Simulate days from a plan day on, up to the next turnover at most. */
void simulate(World *w, i64 days) {
  pthread_t threads[w->threads];
  Thread numbers[w->threads];
  w->days = days;
  for (int k = 0; k < w->threads; k++) {
    numbers[k] = (Thread){w, k};
    pthread_create(threads + k, NULL, work, numbers + k);
  }
  for (int k = 0; k < w->threads; k++) pthread_join(threads[k], NULL);
  w->day += days;
}

void release(World *w) {
#define FREE(type, name) free(w->name);
  OF_PEOPLE(FREE) OF_TIES(FREE) FREE(i64, sums) FREE(i64, said)
  pthread_barrier_destroy(&w->barrier);
  pthread_mutex_destroy(&w->mutex);
  free(w);
}
