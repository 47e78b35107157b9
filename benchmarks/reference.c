/* The days of the model in C, frozen at the features of platforms/wall-2009.toml: what a machine can do with these rules.

   It is written from docs/model.md; numbers such as 7.2 are its sections. It simulates whole weeks between two turnovers:
   steps 1, 4, 5, 2, 3, 6 and 7, with all that measures count. benchmarks/c_reference.py compiles it, hands it a state of ours and
   times it:

       gcc -O3 -march=native -ffp-contract=off -shared -fPIC -pthread reference.c -lm

   How it is fast: a strip of ties stays in the cache for its whole week; short loops over 64 ties, which the compiler turns into
   vector instructions; what few ties do is listed first and computed for these alone. Threads share no sums: each has its own, in
   whole units of 2^-36, so that no result depends on the number of threads. */

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

enum { BLOCK = 64, STRIP = 2048, WEEK = 7, YEAR = 365, MOST = 56, MONTHS = 12, GESTURES = 7 };
enum { FAR = 1, LINKED = 2, KNOWS_IJ = 4, KNOWS_JI = 8, SHARED = 16, GREETED_IJ = 32, GREETED_JI = 64, ENDED = 128 };
enum { VISIT, CALL, LETTER, CARD, CHANCE, GREETING, MESSAGE, COMMENT, GROUP, REACTION, VIEW, CHANNELS };
enum { OWN, PROMPT, BIRTHDAY, NONBIRTHDAY, CAUSES };
enum { SUPPORT, SYMPATHY, AFFINITY, REST, NEW, ONLINE, CLASSES };
enum { PLANNED, MET, PLATFORM, SORTS };  /* what a pair does, in the order of the words of its luck */
enum { USE_TIE = 1, USE_CONTACT, USE_CARD, USE_WISH, USE_ACTIVE, USE_GREET, USE_RESPOND = 28, USE_UNBIRTHDAY = 31, USE_MEETING, USE_WAY };

static const u8 TWO_SIDED[CHANNELS] = {1, 1, 0, 0, 1}, REAL[CHANNELS] = {1, 1, 1, 1, 1};
static const u8 COMPOSED[CHANNELS] = {1, 1, 1, 1, 0, 0, 1, 1, 1};
static const u8 OWN_ACTS[4] = {REACTION, COMMENT, MESSAGE, GROUP};
static const i32 USES[SORTS] = {USE_CONTACT, USE_MEETING, USE_RESPOND};
static const f64 FIXED = 68719476736.0; /* 2^36 */

/* ---- what Python hands over ---------------------------------------------------------------------------------------------

   Columns and rules by the names that they have in sim/world/columns.py and sim/world/state.py. c_reference.py reads these lists
   too. c_ij, c_ji, touch, exchange and flags of ties, and the tally, are changed in place. */

#define PEOPLE(X) \
  X(u8, profile) X(f32, contacts) X(f32, minutes) X(f32, greet) X(i16, birthday) X(i16, shown) X(u8, member) X(f32, kept) \
  X(f32, posts) X(f32, items) X(f32, comments) X(f32, reactions) X(f32, messages) X(f32, groups) X(i32, places)
#define TIES(X) \
  X(i32, i) X(i32, j) X(u8, kind) X(u8, flags) X(f32, affinity) X(f32, chance) X(f32, c_ij) X(f32, c_ji) X(f32, touch) \
  X(f32, exchange) X(u8, class_ij) X(u8, class_ji)
#define TALLY(X) \
  X(i64, received) X(i64, absorbed) X(i64, viewed) X(i64, season) X(i64, season_closeness) X(i64, season_ties) X(i64, celebrated)
#define TABLES(X) \
  X(f32, visit) X(f32, call) X(f32, dose) X(f32, dose_sent) X(f32, minutes) X(f32, touches) X(f32, fade) X(f32, attend) \
  X(f32, opened) X(f32, dosed) X(f32, discussed) X(f32, reply)
#define NUMBERS(X) \
  X(f32, gamma) X(f32, substitution) X(f32, complement) X(f32, minutes_slope) X(f32, touch_fade) X(f32, exchange_fade) \
  X(f32, cards) X(f32, cards_half) X(f32, wish) X(f32, wish_half) X(f32, by_card) X(f32, by_call) X(f32, suppression) \
  X(f32, active) X(f32, slope) X(f32, level) X(f32, centre) X(f32, nonbirthday) X(f32, friends_share) X(f32, opening) \
  X(f32, floor) X(f32, visits) X(f32, item_minutes) X(f32, budget) X(f32, reply_half) X(f32, meet_after)

#define ARRAY(type, name) type *name;
#define NUMBER(type, name) type name;
typedef struct { PEOPLE(ARRAY) } People;
typedef struct { TIES(ARRAY) } Ties;
typedef struct { TALLY(ARRAY) } Tally;
typedef struct { TABLES(ARRAY) NUMBERS(NUMBER) } Rules;

typedef struct { /* of a tie: what only acts touch, in one record */
  i32 last_real, last_composed;
  f32 minutes;
  u16 contacts, chances;
  u8 gestures[2][GESTURES], class_ij, class_ji;
} Record;

typedef struct { i64 weight, offered, attention, community; } Sums; /* of a person, over ties: W, R, of q c^gamma, of shared places */
typedef struct { i64 seen, spoken; } Said;                          /* of a person: views, comments before scaling */

typedef struct {
  People people;
  Ties ties;
  Tally tally;
  Rules rules;
  i64 persons, rows, profiles, day, seed;
} Input;

typedef struct { /* the input, and what it is worked with */
  People people;
  Ties ties;
  Tally tally;
  Rules rules;
  i64 persons, rows, profiles, day, days;
  u64 seed;
  i32 threads;
  f32 *w_ij, *w_ji, *view_ij, *view_ji, *power_ij, *power_ji, *busy, *sum_ij, *sum_ji; /* by tie */
  u8 *near, *friends;         /* by tie: whether the two share a place; whether they are friends on the platform */
  Record *records;            /* by tie */
  Sums *sums;                 /* by thread and person */
  Said *said;                 /* by thread and person */
  u8 *month, *feast;          /* by person: twelfths of a year since the birthday; a bit for each day of the week that is one */
  f32 *drive, *share, *each_message, *each_group, *eager, *free, *comment_scale, *attend, *opened, *discussed, *dose_of_view;
  pthread_barrier_t together;
  pthread_mutex_t one_at_a_time;
} World;

/* ---- draws (7.10) ----------------------------------------------------------------------------------------------------- */

#define ROUND(n) { \
    u64 p = (u64)0xD2511F53u * a, q = (u64)0xCD9E8D57u * c; \
    u32 next_a = (u32)(q >> 32) ^ b ^ (k0 + n * 0x9E3779B9u), next_c = (u32)(p >> 32) ^ d ^ (k1 + n * 0xBB67AE85u); \
    b = (u32)q; d = (u32)p; a = next_a; c = next_c; }
#define TEN_ROUNDS ROUND(0u) ROUND(1u) ROUND(2u) ROUND(3u) ROUND(4u) ROUND(5u) ROUND(6u) ROUND(7u) ROUND(8u) ROUND(9u)

static inline f32 unit(u32 word) { return (f32)(i32)(word >> 8) * (1.0f / 16777216.0f); }

/* Draws of many pairs, 64 at a time. use holds use + 256 item; word gets four uniforms of each. */
static void draw_block(u64 seed, i64 day, const i32 *restrict i, const i32 *restrict j, const i32 *restrict use, int n,
                       f32 *restrict word0, f32 *restrict word1, f32 *restrict word2, f32 *restrict word3) {
  const u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
  for (int k = 0; k < n; k++) {
    u32 a = i[k], b = j[k], c = (u32)day, d = use[k];
    TEN_ROUNDS
    word0[k] = unit(a); word1[k] = unit(b); word2[k] = unit(c); word3[k] = unit(d);
  }
}

typedef struct { f32 word[4]; } Draw;

static Draw draw(u64 seed, u32 use, i64 day, i32 i, i32 j, u32 item) {
  const u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
  u32 a = i, b = j, c = (u32)day, d = use + 256 * item;
  TEN_ROUNDS
  return (Draw){{unit(a), unit(b), unit(c), unit(d)}};
}

/* exp(-mean): 1 over a short series in mean/64, squared six times */
static inline f32 exp_minus(f32 mean) {
  f32 x = mean * (1.0f / 64), p = 1 + x * (1 + x * (0.5f + x * (1.0f / 6 + x * (1.0f / 24 + x * (1.0f / 120)))));
  p *= p; p *= p; p *= p; p *= p; p *= p; p *= p;
  return 1 / p;
}

/* N(word, mean), from exp(-mean) */
static inline int count_of(f32 word, f32 mean, f32 term) {
  int k = 0;
  for (f32 below = term; word >= below && k < MOST; below += term) { k++; term = term * mean / (f32)k; }
  return k;
}

/* ---- powers and whole numbers ----------------------------------------------------------------------------------------- */

static inline i32 bits_of(f32 x) { union { f32 f; i32 i; } u = {x}; return u.i; }
static inline f32 float_of(i32 bits) { union { i32 i; f32 f; } u = {bits}; return u.f; }

static void logarithms(const f32 *restrict x, f32 *restrict log2, int n) {
  for (int k = 0; k < n; k++) {
    i32 above = bits_of(x[k]) - 0x3F3504F3;                  /* the mantissa lies between sqrt(1/2) and sqrt(2) */
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

static inline int months_since(int birthday, int day_of_year) {
  int days = day_of_year - birthday;
  return (days < 0 ? days + YEAR : days) * MONTHS / YEAR;
}

/* ---- plan (7.1, 7.4, 7.5) ---------------------------------------------------------------------------------------------- */

/* Sum closeness for the year's means (7.1), and tally it by class and by months since a birthday, in lanes against waiting. */
static void observe(const World *w, i64 first, i64 last, Tally *tally) {
  enum { LANES = 4 };
  i64 sums[2][LANES][CLASSES * MONTHS], numbers[2][LANES][CLASSES * MONTHS];
  memset(sums, 0, sizeof sums);
  memset(numbers, 0, sizeof numbers);
  const Ties *t = &w->ties;
  for (i64 row = first; row < last; row++) { w->sum_ij[row] += t->c_ij[row]; w->sum_ji[row] += t->c_ji[row]; }
  for (i64 start = first; start < last; start += BLOCK) {
    int n = last - start < BLOCK ? last - start : BLOCK;
    i64 of_i[BLOCK], of_j[BLOCK];
    for (int k = 0; k < n; k++) { of_i[k] = fixed(t->c_ji[start + k]); of_j[k] = fixed(t->c_ij[start + k]); }
    for (int k = 0; k < n; k++) {
      i64 row = start + k, there = !(t->flags[row] & ENDED);
      int lane = k % LANES;
      int at_i = t->class_ij[row] * MONTHS + w->month[t->i[row]], at_j = t->class_ji[row] * MONTHS + w->month[t->j[row]];
      sums[0][lane][at_i] += there * of_i[k];
      sums[1][lane][at_j] += there * of_j[k];
      numbers[0][lane][at_i] += there;
      numbers[1][lane][at_j] += there;
    }
  }
  for (int side = 0; side < 2; side++)
    for (int lane = 0; lane < LANES; lane++)
      for (int k = 0; k < CLASSES * MONTHS; k++) {
        tally->season_closeness[k] += sums[side][lane][k];
        tally->season_ties[k] += numbers[side][lane][k];
      }
}

/* Weights w = q c^gamma; powers c^gamma_i; each person's sums over ties. Rows of one i follow each other. */
static void weigh(const World *w, i64 first, i64 last, Sums *sums) {
  const Ties *t = &w->ties;
  f32 log2[BLOCK], gamma[BLOCK], of_i[BLOCK], of_j[BLOCK], posts_i[BLOCK], posts_j[BLOCK], q[BLOCK], friend[BLOCK];
  i64 to_i[3][BLOCK], to_j[3][BLOCK];
  for (int k = 0; k < BLOCK; k++) gamma[k] = w->rules.gamma;
  if (first >= last) return;
  i32 mine = t->i[first];
  Sums own = {0, 0, 0, 0};
  for (i64 start = first; start < last; start += BLOCK) {
    int n = last - start < BLOCK ? last - start : BLOCK;
    const i32 *i = t->i + start, *j = t->j + start;
    const u8 *flags = t->flags + start, *near = w->near + start;
    f32 *w_ij = w->w_ij + start, *w_ji = w->w_ji + start, *power_ij = w->power_ij + start, *power_ji = w->power_ji + start;
    for (int k = 0; k < n; k++) { of_i[k] = w->attend[i[k]]; of_j[k] = w->attend[j[k]]; }
    for (int k = 0; k < n; k++) { posts_i[k] = w->people.posts[i[k]]; posts_j[k] = w->people.posts[j[k]]; }
    for (int k = 0; k < n; k++) {
      q[k] = flags[k] & ENDED ? 0 : t->affinity[start + k];
      friend[k] = w->friends[start + k];
    }
    logarithms(t->c_ij + start, log2, n);
    powers(t->c_ij + start, log2, gamma, w_ij, n);
    powers(t->c_ij + start, log2, of_i, power_ij, n);
    logarithms(t->c_ji + start, log2, n);
    powers(t->c_ji + start, log2, gamma, w_ji, n);
    powers(t->c_ji + start, log2, of_j, power_ji, n);
    for (int k = 0; k < n; k++) { w_ij[k] *= q[k]; w_ji[k] *= q[k]; }
    for (int k = 0; k < n; k++) { to_i[0][k] = fixed(w_ij[k]); to_j[0][k] = fixed(w_ji[k]); }
    for (int k = 0; k < n; k++) { to_i[1][k] = fixed(friend[k] * posts_j[k]); to_j[1][k] = fixed(friend[k] * posts_i[k]); }
    for (int k = 0; k < n; k++) {
      to_i[2][k] = fixed(friend[k] * q[k] * power_ij[k]);
      to_j[2][k] = fixed(friend[k] * q[k] * power_ji[k]);
    }
    for (int k = 0; k < n; k++) {
      if (i[k] != mine) {
        Sums *s = sums + mine;
        s->weight += own.weight; s->offered += own.offered; s->attention += own.attention; s->community += own.community;
        own = (Sums){0, 0, 0, 0};
        mine = i[k];
      }
      Sums *other = sums + j[k];
      own.weight += to_i[0][k]; own.offered += to_i[1][k]; own.attention += to_i[2][k]; own.community += near[k];
      other->weight += to_j[0][k]; other->offered += to_j[1][k]; other->attention += to_j[2][k]; other->community += near[k];
    }
  }
  Sums *s = sums + mine;
  s->weight += own.weight; s->offered += own.offered; s->attention += own.attention; s->community += own.community;
}

/* Add up what the threads summed, for some people; their drives, and their shares of the feed and of messages. */
static void share_out(World *w, i64 first, i64 last) {
  const People *p = &w->people;
  for (i64 person = first; person < last; person++) {
    Sums *total = w->sums + person;
    for (int thread = 1; thread < w->threads; thread++) {
      const Sums *more = w->sums + thread * w->persons + person;
      total->weight += more->weight; total->offered += more->offered;
      total->attention += more->attention; total->community += more->community;
    }
    f64 weight = total->weight / FIXED, offered = total->offered / FIXED, attention = total->attention / FIXED;
    w->drive[person] = weight > 0 ? p->contacts[person] * p->kept[person] / weight : 0;
    w->share[person] = offered > 0 ? p->items[person] * w->rules.friends_share / offered : 0;
    w->each_message[person] = attention > 0 ? p->messages[person] / attention : 0;
  }
}

/* Views of the week (7.4), and each person's views and comments before scaling. The feed is in chronological order. */
static void rate_views(const World *w, i64 first, i64 last, Said *said) {
  const Ties *t = &w->ties;
  const Rules *r = &w->rules;
  if (first >= last) return;
  i32 mine = t->i[first];
  Said own = {0, 0};
  for (i64 start = first; start < last; start += BLOCK) {
    int n = last - start < BLOCK ? last - start : BLOCK;
    i64 views[2][BLOCK], comments[2][BLOCK];
    f32 posts[BLOCK], opened[BLOCK], discussed[BLOCK], share[BLOCK], talks[BLOCK];
    for (int side = 0; side < 2; side++) {
      const i32 *reader = (side ? t->j : t->i) + start, *poster = (side ? t->i : t->j) + start;
      const f32 *c = (side ? t->c_ji : t->c_ij) + start, *power = (side ? w->power_ji : w->power_ij) + start;
      f32 *view = (side ? w->view_ji : w->view_ij) + start;
      const u8 *friend = w->friends + start;
      for (int k = 0; k < n; k++) { posts[k] = w->people.posts[poster[k]]; opened[k] = w->opened[poster[k]]; }
      for (int k = 0; k < n; k++) { share[k] = w->share[reader[k]]; talks[k] = w->people.comments[reader[k]]; }
      for (int k = 0; k < n; k++) discussed[k] = w->discussed[poster[k]];
      for (int k = 0; k < n; k++) {
        f32 warmth = r->floor + c[k], shown = share[k] * posts[k], opens = opened[k] * warmth;
        shown = shown < posts[k] ? shown : posts[k];
        opens = opens < 1 ? opens : 1;
        view[k] = (f32)friend[k] * (shown * opens + r->visits * warmth);
      }
      for (int k = 0; k < n; k++) {
        views[side][k] = fixed(view[k]);
        comments[side][k] = fixed(talks[k] * discussed[k] * view[k] * power[k]);
      }
    }
    for (int k = 0; k < n; k++) {
      if (t->i[start + k] != mine) {
        said[mine].seen += own.seen; said[mine].spoken += own.spoken;
        own = (Said){0, 0};
        mine = t->i[start + k];
      }
      Said *other = said + t->j[start + k];
      own.seen += views[0][k]; own.spoken += comments[0][k];
      other->seen += views[1][k]; other->spoken += comments[1][k];
    }
  }
  said[mine].seen += own.seen; said[mine].spoken += own.spoken;
}

/* Scale acts so that they fit into the minutes that reading leaves (7.5), for some people. */
static void fit_minutes(World *w, i64 first, i64 last) {
  const People *p = &w->people;
  const Rules *r = &w->rules;
  for (i64 person = first; person < last; person++) {
    const Sums *total = w->sums + person;
    Said *sum = w->said + person;
    for (int thread = 1; thread < w->threads; thread++) {
      const Said *more = w->said + thread * w->persons + person;
      sum->seen += more->seen; sum->spoken += more->spoken;
    }
    f64 comments = sum->spoken / FIXED, budgeted = comments > r->budget ? r->budget / comments : 1;
    f64 needed = p->reactions[person] * (sum->seen / FIXED) * r->minutes[REACTION] + comments * budgeted * r->minutes[COMMENT];
    if (total->attention > 0) needed += p->messages[person] * r->minutes[MESSAGE];
    if (total->community > 0) needed += p->groups[person] * r->minutes[GROUP];
    f64 left = p->minutes[person] - p->items[person] * r->item_minutes;
    left = left > 0 ? left : 0;
    f64 free = needed > left ? left / needed : 1;
    w->free[person] = free;
    w->eager[person] = p->reactions[person] * w->free[person];
    w->comment_scale[person] = p->comments[person] * free * budgeted;
    w->each_message[person] *= w->free[person];
    w->each_group[person] = total->community > 0 ? p->groups[person] * free / total->community : 0;
  }
}

/* Rates a day of one side of a tie toward a friend: reactions, comments, messages, exchanges in communities */
typedef struct { f32 rate[4]; } Rates;

static inline Rates rates_of(const World *w, i64 row, int side) {
  i32 me = side ? w->ties.j[row] : w->ties.i[row], other = side ? w->ties.i[row] : w->ties.j[row];
  f32 view = side ? w->view_ji[row] : w->view_ij[row], power = side ? w->power_ji[row] : w->power_ij[row];
  f32 friend = w->friends[row];
  return (Rates){{w->eager[me] * view, w->comment_scale[me] * w->discussed[other] * view * power,
                  friend * w->each_message[me] * w->ties.affinity[row] * power, w->near[row] * w->each_group[me]}};
}

/* All platform acts of a pair that are no answers, a day: the sum of both sides' rates */
static void sum_rates(const World *w, i64 first, i64 last) {
  const Ties *t = &w->ties;
  for (i64 start = first; start < last; start += BLOCK) {
    int n = last - start < BLOCK ? last - start : BLOCK;
    f32 eager[BLOCK], scale[BLOCK], discussed[BLOCK], message[BLOCK], group[BLOCK], sum[BLOCK];
    for (int k = 0; k < n; k++) sum[k] = 0;
    for (int side = 0; side < 2; side++) {
      const i32 *me = (side ? t->j : t->i) + start, *other = (side ? t->i : t->j) + start;
      const f32 *view = (side ? w->view_ji : w->view_ij) + start, *power = (side ? w->power_ji : w->power_ij) + start;
      const f32 *affinity = t->affinity + start;
      const u8 *friend = w->friends + start, *near = w->near + start;
      for (int k = 0; k < n; k++) { eager[k] = w->eager[me[k]]; scale[k] = w->comment_scale[me[k]]; }
      for (int k = 0; k < n; k++) { message[k] = w->each_message[me[k]]; group[k] = w->each_group[me[k]]; }
      for (int k = 0; k < n; k++) discussed[k] = w->discussed[other[k]];
      for (int k = 0; k < n; k++)
        sum[k] += view[k] * (eager[k] + scale[k] * discussed[k] * power[k]) + (f32)friend[k] * message[k] * affinity[k] * power[k] +
                  (f32)near[k] * group[k];
    }
    for (int k = 0; k < n; k++) w->busy[start + k] = sum[k];
  }
}

/* Tally the expected views of the week, and the closeness that they give. */
static void tally_views(const World *w, i64 first, i64 last, Tally *tally) {
  const Ties *t = &w->ties;
  for (i64 row = first; row < last; row++) {
    f32 view_ij = w->view_ij[row], view_ji = w->view_ji[row];
    if (view_ij + view_ji == 0) continue;
    i32 i = t->i[row], j = t->j[row];
    int at_i = w->people.profile[i] * CLASSES + t->class_ij[row], at_j = w->people.profile[j] * CLASSES + t->class_ji[row];
    tally->viewed[at_i] += WEEK * fixed(view_ij);
    tally->viewed[at_j] += WEEK * fixed(view_ji);
    tally->absorbed[at_i * CHANNELS + VIEW] += WEEK * fixed(w->dose_of_view[j] * view_ij * (1 - t->c_ij[row]));
    tally->absorbed[at_j * CHANNELS + VIEW] += WEEK * fixed(w->dose_of_view[i] * view_ji * (1 - t->c_ji[row]));
  }
}

/* ---- a week of a strip -------------------------------------------------------------------------------------------------- */

enum { CANDIDATES = SORTS * MOST * STRIP, BINS = SORTS * WEEK, ACTS = (2 * MOST + 3 * MOST + 5) * STRIP };

typedef struct { i32 k, item; f32 word1, word2, word3; } Candidate; /* k: place of its tie in the strip */
typedef struct { i32 k; u8 side, channel, cause; } Act;             /* side: 0 if i is the sender */
typedef struct { i32 k; f32 missed[4], doses[2], after[4]; } Today; /* of a tie with acts today; see `record` */

typedef struct { /* what one thread needs for one strip */
  f32 word[4][STRIP];       /* the luck of the week, by sort; the fourth word is not used */
  f32 most[SORTS][STRIP];   /* mean number of candidates in the week, at the highest rate that the memories allow */
  f32 left[STRIP];          /* what a day leaves of closeness */
  f32 unread[3][STRIP];     /* what the views of a day leave of 1 - c_ij, of 1 - c_ji and of 1 - t */
  i32 feasting[STRIP + 1];  /* ties of which one of the two has or shows a birthday this week */
  i32 listed_k[CANDIDATES], listed_use[CANDIDATES];
  u8 bin[CANDIDATES];
  f32 drawn[3][CANDIDATES];
  Candidate candidates[CANDIDATES];
  i32 ends[BINS + 1];       /* candidates of weekday d and sort s lie from ends[d SORTS + s] to ends[d SORTS + s + 1] */
  Act acts[ACTS];
  i32 slot[STRIP];          /* 1 + the place of a tie in `today`, 0 for none */
  Today today[STRIP];
} Room;

/* The ties that may have candidates of a sort. exp(-m) is at least 1 - m + m^2/2 - m^3/6, so others have none. */
static int loud(const f32 *restrict word, const f32 *restrict mean, int size, i32 *restrict rows) {
  int n = 0;
  u8 may[BLOCK];
  for (int start = 0; start < size; start += BLOCK) {
    int many = size - start < BLOCK ? size - start : BLOCK;
    for (int k = 0; k < many; k++) {
      f32 m = mean[start + k];
      may[k] = word[start + k] + m * (1 - m * (0.5f - m * (1.0f / 6))) >= 1 - 2e-5f;
    }
    for (int k = 0; k < many; k++) { rows[n] = start + k; n += may[k]; }
  }
  return n;
}

/* List the candidates of a sort (7.2), from number n on. Returns the new number. */
static int list_candidates(Room *room, int sort, int size, int n) {
  i32 rows[STRIP + 1];
  f32 term[STRIP];
  int many = loud(room->word[sort], room->most[sort], size, rows);
  for (int at = 0; at < many; at++) term[at] = room->most[sort][rows[at]];
  for (int at = 0; at < many; at++) term[at] = exp_minus(term[at]);
  for (int at = 0; at < many; at++) {
    int k = rows[at], candidates = count_of(room->word[sort][k], room->most[sort][k], term[at]);
    for (int item = 0; item < candidates; item++) {
      room->listed_k[n] = k;
      room->listed_use[n++] = USES[sort] + 256 * item;
    }
  }
  return n;
}

/* Draw the candidates of the week and sort them by weekday and sort. */
static void draw_candidates(const World *w, i64 day, i64 first, Room *room, int n) {
  memset(room->ends, 0, sizeof room->ends);
  for (int start = 0; start < n; start += BLOCK) {
    int many = n - start < BLOCK ? n - start : BLOCK;
    i32 i[BLOCK], j[BLOCK];
    f32 weekday[BLOCK];
    const i32 *use = room->listed_use + start;
    for (int k = 0; k < many; k++) {
      i[k] = w->ties.i[first + room->listed_k[start + k]];
      j[k] = w->ties.j[first + room->listed_k[start + k]];
    }
    draw_block(w->seed, day, i, j, use, many, weekday, room->drawn[0] + start, room->drawn[1] + start, room->drawn[2] + start);
    for (int k = 0; k < many; k++) {
      int kind = use[k] & 255, sort = kind == USE_CONTACT ? PLANNED : kind == USE_MEETING ? MET : PLATFORM;
      u8 bin = (int)(WEEK * weekday[k]) * SORTS + sort;
      room->bin[start + k] = bin;
      room->ends[bin + 1]++;
    }
  }
  i32 to[BINS];
  for (int bin = 0; bin < BINS; bin++) { room->ends[bin + 1] += room->ends[bin]; to[bin] = room->ends[bin]; }
  for (int at = 0; at < n; at++)
    room->candidates[to[room->bin[at]]++] = (Candidate){
        room->listed_k[at], room->listed_use[at] >> 8, room->drawn[0][at], room->drawn[1][at], room->drawn[2][at]};
}

/* What a strip needs for the week: luck, candidates, birthdays, fading. Returns the number of ties with birthdays. */
static int begin_week(const World *w, i64 day, i64 first, int size, Room *room) {
  const i32 *i = w->ties.i + first, *j = w->ties.j + first;
  const f32 *w_ij = w->w_ij + first, *w_ji = w->w_ji + first, *chance = w->ties.chance + first, *busy = w->busy + first;
  const f32 highest = WEEK * (1 + w->rules.complement), touched = w->rules.touches[VIEW];
  const f32 *view_ij = w->view_ij + first, *view_ji = w->view_ji + first;
  i32 use[BLOCK];
  for (int k = 0; k < BLOCK; k++) use[k] = USE_TIE;
  int feasts = 0;
  for (int start = 0; start < size; start += BLOCK) {
    int n = size - start < BLOCK ? size - start : BLOCK;
    f32 drive_i[BLOCK], drive_j[BLOCK], dose_i[BLOCK], dose_j[BLOCK];
    u8 feast[BLOCK];
    draw_block(w->seed, day, i + start, j + start, use, n, room->word[0] + start, room->word[1] + start, room->word[2] + start,
               room->word[3] + start);
    for (int k = 0; k < n; k++) { drive_i[k] = w->drive[i[start + k]]; drive_j[k] = w->drive[j[start + k]]; }
    for (int k = 0; k < n; k++) { dose_i[k] = w->dose_of_view[i[start + k]]; dose_j[k] = w->dose_of_view[j[start + k]]; }
    for (int k = 0; k < n; k++) feast[k] = w->feast[i[start + k]] | w->feast[j[start + k]];
    for (int k = 0; k < n; k++) {
      int at = start + k;
      room->most[PLANNED][at] = (drive_i[k] * w_ij[at] + drive_j[k] * w_ji[at]) * highest;
      room->most[MET][at] = WEEK * chance[at];
      room->most[PLATFORM][at] = WEEK * busy[at];
    }
    for (int k = 0; k < n; k++) {
      int at = start + k;
      f32 of_i = 1 - dose_j[k] * view_ij[at], of_j = 1 - dose_i[k] * view_ji[at], of_t = 1 - touched * (view_ij[at] + view_ji[at]);
      room->unread[0][at] = of_i > 0 ? of_i : 0;
      room->unread[1][at] = of_j > 0 ? of_j : 0;
      room->unread[2][at] = of_t > 0 ? of_t : 0;
    }
    for (int k = 0; k < n; k++) { room->feasting[feasts] = start + k; feasts += feast[k] != 0; }
  }
  const u8 *kind = w->ties.kind + first;
  const f32 kin = 1 - w->rules.fade[0], friend = 1 - w->rules.fade[1], online = 1 - w->rules.fade[2];
  for (int k = 0; k < size; k++) room->left[k] = kind[k] == 0 ? kin : kind[k] == 1 ? friend : online;
  int n = 0;
  for (int sort = 0; sort < SORTS; sort++) n = list_candidates(room, sort, size, n);
  draw_candidates(w, day, first, room, n);
  return feasts;
}

/* ---- acts of a day: each function appends its acts from number n on, and returns the new number ------------------------- */

static inline u8 way(const World *w, i64 row, f32 word) { /* of a planned contact */
  int far = (w->ties.flags[row] & FAR) != 0;
  f32 visit = w->rules.visit[far];
  return word < visit ? VISIT : word < visit + w->rules.call[far] ? CALL : LETTER;
}

static int meet(const World *w, Room *room, i64 first, int weekday, int n) { /* 7.2 */
  const Ties *t = &w->ties;
  const i32 *ends = room->ends + weekday * SORTS;
  for (int at = ends[PLANNED]; at < ends[PLANNED + 1]; at++) {
    const Candidate *it = room->candidates + at;
    i64 row = first + it->k;
    f32 scale = (1 - w->rules.substitution * t->touch[row]) * (1 + w->rules.complement * t->exchange[row]);
    f32 from_i = w->drive[t->i[row]] * w->w_ij[row] * scale, rate = from_i + w->drive[t->j[row]] * w->w_ji[row] * scale;
    if (count_of(room->word[PLANNED][it->k], WEEK * rate, exp_minus(WEEK * rate)) <= it->item) continue;
    room->acts[n++] = (Act){it->k, it->word1 * rate >= from_i, way(w, row, it->word2), OWN};
  }
  for (int at = ends[MET]; at < ends[MET + 1]; at++) room->acts[n++] = (Act){room->candidates[at].k, 0, CHANCE, OWN};
  return n;
}

static int respond(const World *w, Room *room, i64 week, i64 first, int weekday, int n) { /* 7.5 */
  const Ties *t = &w->ties;
  const i32 *ends = room->ends + weekday * SORTS;
  for (int at = ends[PLATFORM]; at < ends[PLATFORM + 1]; at++) {
    const Candidate *it = room->candidates + at;
    i64 row = first + it->k;
    Rates of_i = rates_of(w, row, 0), of_j = rates_of(w, row, 1);
    f32 place = it->word1 * w->busy[row], end = 0;
    int act = 0;
    for (int k = 0; k < 4; k++) { end += of_i.rate[k]; act += place >= end; }
    for (int k = 0; k < 4; k++) { end += of_j.rate[k]; act += place >= end; }
    if (act == 8) continue;
    int side = act / 4, channel = OWN_ACTS[act % 4];
    room->acts[n++] = (Act){it->k, side, channel, OWN};
    f32 c = side ? t->c_ij[row] : t->c_ji[row];
    if (channel == REACTION || c == 0 || it->word2 >= w->rules.reply[channel] * c / (c + w->rules.reply_half)) continue;
    room->acts[n++] = (Act){it->k, 1 - side, channel, OWN};
    if (it->word3 >= w->rules.meet_after) continue;
    f32 word = draw(w->seed, USE_WAY, week, t->i[row], t->j[row], it->item).word[0];
    room->acts[n++] = (Act){it->k, side, way(w, row, word), OWN};
  }
  return n;
}

static int new_year(const World *w, Room *room, i64 day, i64 first, int size, int n) { /* 7.3 */
  const Ties *t = &w->ties;
  for (int k = 0; k < size; k++) {
    i64 row = first + k;
    if ((t->flags[row] & (SHARED | ENDED)) != SHARED) continue;
    f32 c = t->c_ij[row], e = t->c_ji[row];
    f32 a = c > 0 ? w->rules.cards * c / (c + w->rules.cards_half) : 0, b = e > 0 ? w->rules.cards * e / (e + w->rules.cards_half) : 0;
    Draw it = draw(w->seed, USE_CARD, day, t->i[row], t->j[row], 0);
    if (it.word[0] < 1 - (1 - a) * (1 - b)) room->acts[n++] = (Act){k, it.word[1] * (a + b) >= a, CARD, OWN};
  }
  return n;
}

static int greet(const World *w, Room *room, i64 day, i64 first, int k, int n) { /* 7.6, in public */
  const Ties *t = &w->ties;
  const People *p = &w->people;
  i64 row = first + k;
  for (int side = 0; side < 2; side++) {
    i32 me = side ? t->j[row] : t->i[row], other = side ? t->i[row] : t->j[row];
    if (p->shown[other] != day % YEAR || !p->member[me] || !p->member[other]) continue;
    if (draw(w->seed, USE_ACTIVE, day, me, me, 0).word[0] >= w->rules.active) continue;
    f32 c = side ? t->c_ji[row] : t->c_ij[row];
    int knows = t->flags[row] & (side ? KNOWS_JI : KNOWS_IJ);
    if (knows && p->birthday[other] != p->shown[other]) {
      if (draw(w->seed, USE_UNBIRTHDAY, day, me, other, 0).word[0] < w->rules.nonbirthday * c)
        room->acts[n++] = (Act){k, side, MESSAGE, NONBIRTHDAY};
      continue;
    }
    f64 propensity = 1 / (1 + exp(-(f64)(w->rules.level + p->greet[me] + w->rules.slope * (c - w->rules.centre))));
    if (draw(w->seed, USE_GREET, day, me, other, 0).word[0] >= (f32)propensity) continue;
    room->acts[n++] = (Act){k, side, GREETING, PROMPT};
    t->flags[row] |= side ? GREETED_JI : GREETED_IJ;
  }
  return n;
}

static int remember(const World *w, Room *room, i64 day, i64 first, int k, int n) { /* 7.3 */
  const Ties *t = &w->ties;
  i64 row = first + k;
  u8 before = t->flags[row];
  for (int side = 0; side < 2; side++) {
    i32 me = side ? t->j[row] : t->i[row], other = side ? t->i[row] : t->j[row];
    if (w->people.birthday[other] != day % YEAR) continue;
    t->flags[row] &= ~(side ? GREETED_JI : GREETED_IJ);
    if (before & ENDED || !(before & (side ? KNOWS_JI : KNOWS_IJ))) continue;
    f32 c = side ? t->c_ji[row] : t->c_ij[row], half = w->rules.wish_half;
    Draw it = draw(w->seed, USE_WISH, day, me, other, 0);
    if (it.word[0] >= w->rules.wish * c * c / (c * c + half * half)) continue;
    if (before & (side ? GREETED_JI : GREETED_IJ) && it.word[1] < w->rules.suppression) continue;
    u8 channel = it.word[2] < w->rules.by_card ? CARD : it.word[2] < w->rules.by_card + w->rules.by_call ? CALL : VISIT;
    room->acts[n++] = (Act){k, side, channel, BIRTHDAY};
  }
  return n;
}

/* ---- absorb (7.7), and what measures count (8) -------------------------------------------------------------------------- */

static inline void doses(const World *w, const Act *act, f32 *to_i, f32 *to_j) {
  f32 sent = TWO_SIDED[act->channel] ? w->rules.dose[act->channel] : w->rules.dose_sent[act->channel];
  *to_i = act->side ? w->rules.dose[act->channel] : sent;
  *to_j = act->side ? sent : w->rules.dose[act->channel];
}

static inline int gesture(int channel, int cause) {
  static const int of_channel[CHANNELS] = {-1, -1, 6, -1, -1, -1, 5, 4, -1, 3, -1};
  return cause == OWN ? of_channel[channel] : cause - 1;
}

/* Take acts down: in `today` the products of 1 - dose for i and j and of 1 - touch, 0 after a composed platform act, and the sums
   of doses; in the tie's record and in the tally what measures count. Returns the number of ties with acts. */
static int record(const World *w, Room *room, i64 day, i64 first, int acts, Tally *tally) {
  const Ties *t = &w->ties;
  const People *p = &w->people;
  int ties = 0, day_of_year = day % YEAR;
  for (int at = 0; at < acts; at++) {
    const Act *act = room->acts + at;
    int channel = act->channel, side = act->side, cause = act->cause, real = REAL[channel], composed = COMPOSED[channel];
    i64 row = first + act->k;
    i32 i = t->i[row], j = t->j[row];
    Record *kept = w->records + row;
    if (!room->slot[act->k]) {
      room->today[ties] = (Today){act->k, {1, 1, 1, 1}, {0, 0}, {0, 0, 0, 0}};
      room->slot[act->k] = ++ties;
    }
    Today *today = room->today + room->slot[act->k] - 1;
    f32 to_i, to_j;
    doses(w, act, &to_i, &to_j);
    today->missed[0] *= 1 - to_i;
    today->missed[1] *= 1 - to_j;
    today->missed[2] *= 1 - w->rules.touches[channel];
    if (composed && !real) today->missed[3] = 0;
    today->doses[0] += to_i;
    today->doses[1] += to_j;

    i64 at_i = (p->profile[i] * CLASSES + kept->class_ij) * CHANNELS + channel;
    i64 at_j = (p->profile[j] * CLASSES + kept->class_ji) * CHANNELS + channel;
    if (side == 0 || TWO_SIDED[channel]) tally->received[at_j * CAUSES + (side == 0 ? cause : OWN)]++;
    if (side == 1 || TWO_SIDED[channel]) tally->received[at_i * CAUSES + (side == 1 ? cause : OWN)]++;
    if (real) {
      kept->last_real = day;
      if (cause != BIRTHDAY) {
        tally->season[kept->class_ij * MONTHS + months_since(p->birthday[i], day_of_year)]++;
        tally->season[kept->class_ji * MONTHS + months_since(p->birthday[j], day_of_year)]++;
      }
    }
    if (composed) {
      kept->last_composed = day;
      kept->contacts++;
      if (real) kept->minutes += w->rules.minutes[channel] * (1 + w->rules.minutes_slope * (t->c_ij[row] + t->c_ji[row] - 1));
    }
    kept->chances += channel == CHANCE;
    int sort = gesture(channel, cause);
    if (sort >= 0 && kept->gestures[side][sort] < 255) kept->gestures[side][sort]++;
    if (cause != OWN) {
      i32 celebrant = side == 0 ? j : i;
      int date = p->shown[celebrant] < 0 ? 2 : p->shown[celebrant] == p->birthday[celebrant] ? 0 : 1;
      tally->celebrated[(date * CLASSES + (side == 0 ? kept->class_ji : kept->class_ij)) * CAUSES + cause]++;
    }
  }
  for (int at = 0; at < acts; at++) { /* acts share the gain of their side by their doses */
    const Act *act = room->acts + at;
    const Today *today = room->today + room->slot[act->k] - 1;
    i64 row = first + act->k;
    f32 to_i, to_j;
    doses(w, act, &to_i, &to_j);
    i64 at_i = (p->profile[t->i[row]] * CLASSES + t->class_ij[row]) * CHANNELS + act->channel;
    i64 at_j = (p->profile[t->j[row]] * CLASSES + t->class_ji[row]) * CHANNELS + act->channel;
    if (today->doses[0] > 0) tally->absorbed[at_i] += fixed((1 - today->missed[0]) * (1 - t->c_ij[row]) * (to_i / today->doses[0]));
    if (today->doses[1] > 0) tally->absorbed[at_j] += fixed((1 - today->missed[1]) * (1 - t->c_ji[row]) * (to_j / today->doses[1]));
  }
  return ties;
}

/* Closeness and memories at the end of the day: one pass over the strip as if there had been no acts, then the ties with acts. */
static void absorb(const World *w, Room *room, i64 first, int size, int ties) {
  f32 *restrict c = w->ties.c_ij + first, *restrict e = w->ties.c_ji + first;
  f32 *restrict t = w->ties.touch + first, *restrict x = w->ties.exchange + first;
  const f32 *restrict left = room->left, *restrict of_i = room->unread[0], *restrict of_j = room->unread[1];
  const f32 *restrict of_t = room->unread[2];
  const f32 t_left = 1 - w->rules.touch_fade, x_left = 1 - w->rules.exchange_fade;
  for (int at = 0; at < ties; at++) {
    Today *today = room->today + at;
    int k = today->k;
    const f32 *missed = today->missed;
    today->after[0] = c[k] * left[k] + (1 - missed[0] * of_i[k]) * (1 - c[k]);
    today->after[1] = e[k] * left[k] + (1 - missed[1] * of_j[k]) * (1 - e[k]);
    today->after[2] = t[k] * t_left + (1 - missed[2] * of_t[k]) * (1 - t[k]);
    today->after[3] = x[k] * x_left * missed[3] + (1 - missed[3]);
    room->slot[k] = 0;
  }
  for (int k = 0; k < size; k++) c[k] = c[k] * left[k] + (1 - of_i[k]) * (1 - c[k]);
  for (int k = 0; k < size; k++) e[k] = e[k] * left[k] + (1 - of_j[k]) * (1 - e[k]);
  for (int k = 0; k < size; k++) { t[k] = t[k] * t_left + (1 - of_t[k]) * (1 - t[k]); x[k] *= x_left; }
  for (int at = 0; at < ties; at++) {
    const Today *today = room->today + at;
    c[today->k] = today->after[0]; e[today->k] = today->after[1];
    t[today->k] = today->after[2]; x[today->k] = today->after[3];
  }
}

/* The days of a week in one strip. week: its first day; days: how many of it are simulated. */
static void run_week(const World *w, i64 week, int days, i64 first, int size, Room *room, Tally *tally) {
  int feasts = begin_week(w, week, first, size, room);
  for (int weekday = 0; weekday < days; weekday++) {
    i64 day = week + weekday;
    int n = meet(w, room, first, weekday, 0);
    n = respond(w, room, week, first, weekday, n);
    if (day % YEAR == 0) n = new_year(w, room, day, first, size, n);
    for (int at = 0; at < feasts; at++) {
      i64 row = first + room->feasting[at];
      if (!((w->feast[w->ties.i[row]] | w->feast[w->ties.j[row]]) >> weekday & 1)) continue;
      if (w->ties.flags[row] & LINKED) n = greet(w, room, day, first, room->feasting[at], n);
      n = remember(w, room, day, first, room->feasting[at], n);
    }
    absorb(w, room, first, size, record(w, room, day, first, n, tally));
  }
}

/* ---- threads ------------------------------------------------------------------------------------------------------------ */

/* Months since birthdays on a plan day, and which days of its week are somebody's true or shown birthday */
static void look_at_dates(World *w, i64 day, i64 first, i64 last) {
  for (i64 person = first; person < last; person++) {
    int birthday = w->people.birthday[person], shown = w->people.shown[person];
    w->month[person] = months_since(birthday, day % YEAR);
    w->feast[person] = 0;
    for (int d = 0; d < WEEK; d++) {
      int date = (day + d) % YEAR;
      w->feast[person] |= (birthday == date || shown == date) << d;
    }
  }
}

typedef struct { World *world; int number; } Thread;

static i64 part(i64 whole, const Thread *me, int more) { return whole * (me->number + more) / me->world->threads; }

static i64 *zeros(i64 size) { return calloc(size, sizeof(i64)); }

static void add(i64 *to, i64 *from, i64 size) {
  for (i64 k = 0; k < size; k++) to[k] += from[k];
  free(from);
}

static void *work(void *argument) {
  const Thread *me = argument;
  World *w = me->world;
  i64 strips = (w->rows + STRIP - 1) / STRIP, first_strip = part(strips, me, 0), last_strip = part(strips, me, 1);
  i64 first = first_strip * STRIP, last = last_strip * STRIP < w->rows ? last_strip * STRIP : w->rows;
  i64 from = part(w->persons, me, 0), to = part(w->persons, me, 1);
  i64 classes = w->profiles * CLASSES;
  Tally tally = {zeros(classes * CHANNELS * CAUSES), zeros(classes * CHANNELS), zeros(classes), zeros(CLASSES * MONTHS),
                 zeros(CLASSES * MONTHS), zeros(CLASSES * MONTHS), zeros(3 * CLASSES * CAUSES)};
  Room *room = calloc(1, sizeof *room);
  Sums *sums = w->sums + me->number * w->persons;
  Said *said = w->said + me->number * w->persons;
  for (i64 begun = 0; begun < w->days; begun += WEEK) {
    i64 day = w->day + begun;
    pthread_barrier_wait(&w->together);
    memset(sums, 0, w->persons * sizeof *sums);
    memset(said, 0, w->persons * sizeof *said);
    look_at_dates(w, day, from, to);
    pthread_barrier_wait(&w->together);
    observe(w, first, last, &tally);
    weigh(w, first, last, sums);
    pthread_barrier_wait(&w->together);
    share_out(w, from, to);
    pthread_barrier_wait(&w->together);
    rate_views(w, first, last, said);
    pthread_barrier_wait(&w->together);
    fit_minutes(w, from, to);
    pthread_barrier_wait(&w->together);
    sum_rates(w, first, last);
    tally_views(w, first, last, &tally);
    int days = w->days - begun < WEEK ? w->days - begun : WEEK;
    for (i64 strip = first_strip; strip < last_strip; strip++) {
      i64 start = strip * STRIP;
      run_week(w, day, days, start, w->rows - start < STRIP ? w->rows - start : STRIP, room, &tally);
    }
  }
  pthread_mutex_lock(&w->one_at_a_time);
  add(w->tally.received, tally.received, classes * CHANNELS * CAUSES);
  add(w->tally.absorbed, tally.absorbed, classes * CHANNELS);
  add(w->tally.viewed, tally.viewed, classes);
  add(w->tally.season, tally.season, CLASSES * MONTHS);
  add(w->tally.season_closeness, tally.season_closeness, CLASSES * MONTHS);
  add(w->tally.season_ties, tally.season_ties, CLASSES * MONTHS);
  add(w->tally.celebrated, tally.celebrated, 3 * CLASSES * CAUSES);
  pthread_mutex_unlock(&w->one_at_a_time);
  free(room);
  return NULL;
}

/* ---- what Python calls -------------------------------------------------------------------------------------------------- */

static void *touched(i64 size) { /* memory whose pages are there */
  void *memory = malloc(size + 64);
  return memset(memory, 0, size + 64);
}

World *prepare(const Input *in, i32 threads) {
  World *w = touched(sizeof *w);
  w->people = in->people; w->ties = in->ties; w->tally = in->tally; w->rules = in->rules;
  w->persons = in->persons; w->rows = in->rows; w->profiles = in->profiles; w->day = in->day;
  w->seed = (u64)in->seed;
  w->threads = threads;
  f32 **of_ties[] = {&w->w_ij, &w->w_ji, &w->view_ij, &w->view_ji, &w->power_ij, &w->power_ji, &w->busy, &w->sum_ij, &w->sum_ji};
  for (unsigned k = 0; k < sizeof of_ties / sizeof *of_ties; k++) *of_ties[k] = touched(w->rows * sizeof(f32));
  f32 **of_people[] = {&w->drive, &w->share, &w->each_message, &w->each_group, &w->eager, &w->free, &w->comment_scale,
                       &w->attend, &w->opened, &w->discussed, &w->dose_of_view};
  for (unsigned k = 0; k < sizeof of_people / sizeof *of_people; k++) *of_people[k] = touched(w->persons * sizeof(f32));
  w->near = touched(w->rows);
  w->friends = touched(w->rows);
  w->records = touched(w->rows * sizeof *w->records);
  w->month = touched(w->persons);
  w->feast = touched(w->persons);
  w->sums = touched(threads * w->persons * sizeof *w->sums);
  w->said = touched(threads * w->persons * sizeof *w->said);
  for (i64 person = 0; person < w->persons; person++) {
    int profile = w->people.profile[person];
    w->attend[person] = w->rules.attend[profile];
    w->opened[person] = w->rules.opening * w->rules.opened[profile];
    w->discussed[person] = w->rules.discussed[profile];
    w->dose_of_view[person] = w->rules.dose[VIEW] * w->rules.dosed[profile];
  }
  for (i64 row = 0; row < w->rows; row++) {
    i32 i = w->ties.i[row], j = w->ties.j[row];
    const i32 *here = w->people.places + 3 * i, *there = w->people.places + 3 * j;
    w->friends[row] = (w->ties.flags[row] & (LINKED | ENDED)) == LINKED && w->people.member[i] && w->people.member[j];
    for (int type = 0; type < 3; type++) w->near[row] |= w->friends[row] && here[type] >= 0 && here[type] == there[type];
    w->records[row].class_ij = w->ties.class_ij[row];
    w->records[row].class_ji = w->ties.class_ji[row];
  }
  pthread_barrier_init(&w->together, NULL, threads);
  pthread_mutex_init(&w->one_at_a_time, NULL);
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
  void *all[] = {w->w_ij, w->w_ji, w->view_ij, w->view_ji, w->power_ij, w->power_ji, w->busy, w->sum_ij, w->sum_ji, w->drive,
                 w->share, w->each_message, w->each_group, w->eager, w->free, w->comment_scale, w->attend, w->opened,
                 w->discussed, w->dose_of_view, w->near, w->friends, w->records, w->month, w->feast, w->sums, w->said};
  for (unsigned k = 0; k < sizeof all / sizeof *all; k++) free(all[k]);
  pthread_barrier_destroy(&w->together);
  pthread_mutex_destroy(&w->one_at_a_time);
  free(w);
}
