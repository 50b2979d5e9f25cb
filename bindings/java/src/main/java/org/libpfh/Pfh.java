package org.libpfh;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What belongs to no object: texts, numbers, dates, many plans at once, calendars, checklists. */
public final class Pfh {
    private Pfh() {}

    // ---- Versions and texts -------------------------------------------------------------------

    /**
     * The version of the libpfh that runs.
     *
     * @return "MAJOR.MINOR.PATCH"
     */
    public static String version() {
        return Native.version();
    }

    /**
     * The version of these classes.
     *
     * @return "MAJOR.MINOR.PATCH"
     */
    public static String bindingVersion() {
        return Build.VERSION;
    }

    /**
     * A text for people.
     *
     * @param language its language
     * @param id "task.offer", "topic.economy_housing", "point.hdir-2022/2", ...
     * @return the text; null where there is no such id
     */
    public static String text(Language language, String id) {
        return Words.text(language, id);
    }

    /**
     * The ids of all texts.
     *
     * @return what {@link #text} takes
     */
    public static List<String> textIds() {
        List<String> ids = new ArrayList<>();
        for (String id; (id = Native.text_id(ids.size())) != null;)
            ids.add(id);
        return List.copyOf(ids);
    }

    // ---- Numbers ------------------------------------------------------------------------------

    /**
     * Finds out what a person number is, and checks it.
     *
     * @param number 11 or 12 digits, nothing else
     * @return what is known of it
     */
    public static PersonNumber classifyNumber(String number) {
        return classifyNumber(number, null, NumberRule.STRICT);
    }

    /**
     * Checks a person number.
     *
     * @param number 11 or 12 digits, nothing else
     * @param declared what it is said to be, which must match; null finds out
     * @param rule which first check digit is accepted
     * @return what is known of it
     */
    public static PersonNumber classifyNumber(String number, NumberKind declared, NumberRule rule) {
        return Reader.one(Native.number_classify(number, Words.value(declared), rule.value()), PersonNumber::read);
    }

    /**
     * Whether a text is a valid organisation number (<i>organisasjonsnummer</i>).
     *
     * @param text the text
     * @return whether it is
     */
    public static boolean isOrganisationNumber(String text) {
        return Native.number_is_organisation(text) != 0;
    }

    /**
     * Whether a text has the form of a municipality number (<i>kommunenummer</i>).
     *
     * @param text the text
     * @return whether it has
     */
    public static boolean isMunicipalityNumber(String text) {
        return Native.number_is_municipality(text) != 0;
    }

    /**
     * Whether a text has the form of an HPR number.
     *
     * @param text the text
     * @return whether it has
     */
    public static boolean isHprNumber(String text) {
        return Native.number_is_hpr(text) != 0;
    }

    /**
     * Whether a text has the form of a HER-id.
     *
     * @param text the text
     * @return whether it has
     */
    public static boolean isHerId(String text) {
        return Native.number_is_her_id(text) != 0;
    }

    /**
     * Whether a text holds a person number, so that it must not travel as an id.
     *
     * @param text the text
     * @return whether it does
     */
    public static boolean holdsPersonNumber(String text) {
        return Native.number_is_inside(text) != 0;
    }

    // ---- Dates --------------------------------------------------------------------------------

    /**
     * The first date that a document may hold.
     *
     * @return 1850-01-01
     */
    public static LocalDate dateMin() {
        return Dates.of(Native.date_min());
    }

    /**
     * The last date that a document may hold.
     *
     * @return 2299-12-31
     */
    public static LocalDate dateMax() {
        return Dates.of(Native.date_max());
    }

    /**
     * Adds months as the rules do: the same day of the month, or the month's last one where it does not exist.
     *
     * @param date the date
     * @param months how many
     * @return the later date
     */
    public static LocalDate addMonths(LocalDate date, int months) {
        return Dates.of(Native.date_add_months(Dates.days(date, "date"), months));
    }

    /**
     * Adds Norwegian working days.
     *
     * @param date the date
     * @param count how many; 0, and less, is the date itself
     * @return the later date
     */
    public static LocalDate addWorkingDays(LocalDate date, int count) {
        return Dates.of(Native.date_add_working_days(Dates.days(date, "date"), count));
    }

    /**
     * Whether a date is a Norwegian public holiday.
     *
     * @param date the date
     * @return whether it is
     */
    public static boolean isHoliday(LocalDate date) {
        return Native.date_is_holiday(Dates.days(date, "date")) != 0;
    }

    /**
     * Whether a date is a Norwegian working day: Monday to Friday and no public holiday.
     *
     * @param date the date
     * @return whether it is
     */
    public static boolean isWorkingDay(LocalDate date) {
        return Native.date_is_working_day(Dates.days(date, "date")) != 0;
    }

    /**
     * Easter Sunday.
     *
     * @param year 1830 to 2319
     * @return the date
     */
    public static LocalDate easter(int year) {
        return Dates.of(Native.date_easter(year));
    }

    /**
     * Writes an RFC 3339 timestamp in UTC, without trailing zeros.
     *
     * @param timestamp the timestamp
     * @return the same time
     */
    public static String timestampToUtc(String timestamp) {
        return Native.timestamp_to_utc(timestamp);
    }

    // ---- Many at once -------------------------------------------------------------------------

    /**
     * Plans many pathways, with the default policy. One that fails throws when its plan is asked for, and so does what
     * {@code pathways} itself throws, behind the plans of those that it gave before.
     *
     * @param pathways the pathways, which are asked for as plans are, a few ahead; none can be changed while it waits
     * @param asOf the day
     * @return the plans, in the same order
     */
    public static Stream<Plan> planMany(Iterable<? extends Pathway> pathways, LocalDate asOf) {
        return planMany(pathways, asOf, null);
    }

    /**
     * Plans many pathways. One that fails throws when its plan is asked for, and so does what {@code pathways} itself
     * throws, behind the plans of those that it gave before.
     *
     * @param pathways the pathways, which are asked for as plans are, a few ahead; none can be changed while it waits
     * @param asOf the day
     * @param policy local rules; null takes the defaults
     * @return the plans, in the same order
     */
    public static Stream<Plan> planMany(Iterable<? extends Pathway> pathways, LocalDate asOf, Policy policy) {
        return planMany(pathways, asOf, policy, null, null, null);
    }

    /**
     * Plans many pathways.
     *
     * @param pathways the pathways, which are asked for as plans are, a few ahead; none can be changed while it waits
     * @param asOf the day
     * @param policy local rules; null takes the defaults
     * @param knownAt an RFC 3339 timestamp, as {@code Instant.toString()} writes one: what was recorded later does not
     *     count; null: all counts
     * @param edition the name of the edition to plan under; null: the one that each pathway names
     * @param onError told of one that fails, counted from 0, which is then left out; null: it throws
     * @return the plans, in the same order
     */
    public static Stream<Plan> planMany(Iterable<? extends Pathway> pathways, LocalDate asOf, Policy policy, String knownAt,
            String edition, BiConsumer<Long, PfhException> onError) {
        return Many.plans(pathways, new Many.Terms(asOf, policy, knownAt, edition, onError));
    }

    /**
     * Plans many pathways, with the default policy, and writes each as {@code pfh-plan/1}. One that fails throws, and so
     * does what {@code pathways} itself throws, behind the documents of those that it gave before.
     *
     * @param pathways the pathways, which are asked for as documents are, a few ahead; none can be changed while it waits
     * @param asOf the day
     * @return the documents, in the same order
     */
    public static Stream<String> planManyJson(Iterable<? extends Pathway> pathways, LocalDate asOf) {
        return planManyJson(pathways, asOf, null);
    }

    /**
     * Plans many pathways and writes each as {@code pfh-plan/1}. One that fails throws, and so does what {@code pathways}
     * itself throws, behind the documents of those that it gave before.
     *
     * @param pathways the pathways, which are asked for as documents are, a few ahead; none can be changed while it waits
     * @param asOf the day
     * @param policy local rules; null takes the defaults
     * @return the documents, in the same order
     */
    public static Stream<String> planManyJson(Iterable<? extends Pathway> pathways, LocalDate asOf, Policy policy) {
        return planManyJson(pathways, asOf, policy, null, null, false, null);
    }

    /**
     * Plans many pathways and writes each as {@code pfh-plan/1}.
     *
     * @param pathways the pathways, which are asked for as documents are, a few ahead; none can be changed while it waits
     * @param asOf the day
     * @param policy local rules; null takes the defaults
     * @param knownAt an RFC 3339 timestamp, as {@code Instant.toString()} writes one: what was recorded later does not
     *     count; null: all counts
     * @param edition the name of the edition to plan under; null: the one that each pathway names
     * @param explain whether each point and task also says why its dates are what they are
     * @param onError told of one that fails, counted from 0, which is then left out; null: it throws
     * @return the documents, in the same order
     */
    public static Stream<String> planManyJson(Iterable<? extends Pathway> pathways, LocalDate asOf, Policy policy,
            String knownAt, String edition, boolean explain, BiConsumer<Long, PfhException> onError) {
        return Many.documents(pathways, new Many.Terms(asOf, policy, knownAt, edition, onError), explain);
    }

    // ---- Calendars ----------------------------------------------------------------------------

    private static Held.Uses uses(Collection<Plan> plans) {
        return new Held.Uses(Objects.requireNonNull(plans, "plans"));
    }

    /**
     * Writes one calendar of many plans.
     *
     * @param plans the plans, each of another pathway
     * @param options what it shows; null takes the defaults
     * @return iCalendar
     */
    public static String plansToIcal(Collection<Plan> plans, IcalOptions options) {
        try (Held.Uses uses = uses(plans); Held.Use shown = Held.reading(options)) {
            return Native.plans_to_ical(uses.addresses(), shown.address);
        }
    }

    /**
     * Brings a calendar up to date with plans, which are all that it is about.
     *
     * @param previous what was written before, or what a server made of it; null writes a new one
     * @param plans the plans, each of another pathway
     * @param options what it shows; null takes the defaults
     * @return iCalendar
     */
    public static String updateIcal(String previous, Collection<Plan> plans, IcalOptions options) {
        byte[] text = Texts.documentOrNone(previous);
        try (Held.Uses uses = uses(plans); Held.Use shown = Held.reading(options)) {
            return Native.ical_update(text, uses.addresses(), shown.address);
        }
    }

    /**
     * Reads what people did in a calendar of plans. Read back first, and update then.
     *
     * @param text iCalendar
     * @param plans of the pathways that are asked about, as they are now
     * @param options for the domain; null takes the defaults
     * @return the proposals, in the order of the calendar
     */
    public static List<Proposal> readIcal(String text, Collection<Plan> plans, IcalOptions options) {
        byte[] bytes = Texts.document(text, "text");
        try (Held.Uses uses = uses(plans); Held.Use shown = Held.reading(options)) {
            return Proposal.list(Native.ical_read(bytes, uses.addresses(), shown.address));
        }
    }

    /**
     * Looks for what is wrong with a calendar.
     *
     * @param text any text
     * @return the defects, none where it is well
     */
    public static List<Defect> lintCalendar(String text) {
        return lintCalendar(Texts.document(text, "text"));
    }

    /**
     * Looks for what is wrong with a calendar, byte by byte.
     *
     * @param text any bytes
     * @return the defects, none where it is well
     */
    public static List<Defect> lintCalendar(byte[] text) {
        return Reader.list(Native.ical_lint(Objects.requireNonNull(text, "text")), Defect::read);
    }

    /**
     * What {@link #lintCalendar(String)} looks for.
     *
     * @return each rule as a defect would name it
     */
    public static List<Defect> lintRules() {
        return Reader.list(Native.lint_rules(), Defect::read);
    }

    // ---- Checklists and hand-over -------------------------------------------------------------

    /**
     * Writes the checklist of a point as {@code pfh-checklist/1}.
     *
     * @param edition the name of the edition
     * @param point the number of the point, from 1
     * @param policy for its own topics; null takes the defaults
     * @param known what is known is filled in; null: a blank one
     * @param language the language of the titles
     * @return the document
     */
    public static String checklistJson(String edition, int point, Policy policy, Needs known, Language language) {
        Objects.requireNonNull(edition, "edition");
        try (Held.Use rules = Held.reading(policy); Held.Use needs = Held.reading(known)) {
            return Native.checklist_to_json(edition, point, rules.address, needs.address, language.value());
        }
    }

    /**
     * Writes the checklist of a point as plain text that can be sent out beforehand.
     *
     * @param edition the name of the edition
     * @param point the number of the point, from 1
     * @param policy for its own topics; null takes the defaults
     * @param known what is known is filled in; null: a blank one
     * @param language its language
     * @return the text
     */
    public static String checklistText(String edition, int point, Policy policy, Needs known, Language language) {
        Objects.requireNonNull(edition, "edition");
        try (Held.Use rules = Held.reading(policy); Held.Use needs = Held.reading(known)) {
            return Native.checklist_to_text(edition, point, rules.address, needs.address, language.value());
        }
    }

    /**
     * How many characters are enough for what is always in a text of needs.
     *
     * @return for {@link Needs#toText}
     */
    public static int needsTextMin() {
        return Native.needs_text_min();
    }

    /**
     * What an audience does not get of a hand-over copy, and why.
     *
     * @return the table that {@link Pathway#handover(Audience)} goes by
     */
    public static List<HandoverRule> handoverRules() {
        return Reader.list(Native.handover_rules(), HandoverRule::read);
    }
}
