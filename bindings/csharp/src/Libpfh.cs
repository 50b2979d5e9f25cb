#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Pfh
{
    /// <summary>What libpfh offers beside its objects: texts, dates, numbers, many plans at once, calendars.</summary>
    public static class Libpfh
    {
        // ---- Versions and texts --------------------------------------------------------------------------

        /// <summary>The version of the library that runs, "MAJOR.MINOR.PATCH".</summary>
        public static string Version => Native.version();

        // That version as MAJOR * 1000000 + MINOR * 1000 + PATCH.
        internal static int VersionNumber => Native.version_number();

        /// <summary>The version of libpfh that this binding is of.</summary>
        public static string BindingVersion => Built.Version;

        /// <summary>The text of an id ("task.offer", "topic.nutrition") for people; null where there is none.</summary>
        public static string? Text(Language language, string id) => Native.text_of((int)language, id);

        /// <summary>The ids of all texts.</summary>
        public static IReadOnlyList<string> TextIds
        {
            get
            {
                List<string> ids = new List<string>();
                while (Native.text_id(ids.Count) is string id)
                    ids.Add(id);
                return ids.AsReadOnly();
            }
        }

        // ---- Dates ---------------------------------------------------------------------------------------

        /// <summary>The first date that a document may hold.</summary>
        public static DateTime DateMin => Dates.From(Native.date_min());

        /// <summary>The last date that a document may hold.</summary>
        public static DateTime DateMax => Dates.From(Native.date_max());

        /// <summary>Adds months: the same day of the month, or the month's last day where it does not exist.</summary>
        public static DateTime AddMonths(DateTime date, int months) =>
            Dates.From(Native.date_add_months(Dates.To(date, nameof(date)), months));

        /// <summary>The date so many Norwegian working days later; 0 is the date itself.</summary>
        public static DateTime AddWorkingDays(DateTime date, int count) =>
            Dates.From(Native.date_add_working_days(Dates.To(date, nameof(date)), count));

        /// <summary>Whether a date is a Norwegian public holiday.</summary>
        public static bool IsHoliday(DateTime date) => Native.date_is_holiday(Dates.To(date, nameof(date))) != 0;

        /// <summary>Whether a date is Monday to Friday and no public holiday.</summary>
        public static bool IsWorkingDay(DateTime date) => Native.date_is_working_day(Dates.To(date, nameof(date))) != 0;

        /// <summary>Easter Sunday of a year, 1830 to 2319.</summary>
        public static DateTime Easter(int year) => Dates.From(Native.date_easter(year));

        /// <summary>Writes an RFC 3339 timestamp as the library does: in UTC, without trailing zeros.</summary>
        public static string TimestampToUtc(string timestamp) => Native.timestamp_to_utc(timestamp);

        // ---- Numbers -------------------------------------------------------------------------------------

        /// <summary>Classifies and checks a number that identifies a person.</summary>
        /// <param name="number">11 or 12 digits</param>
        /// <param name="declared">what it is said to be, which must match; null finds out</param>
        /// <param name="rule">which first check digit is accepted</param>
        /// <exception cref="PfhException">It is no valid number of that kind.</exception>
        public static PersonNumber ClassifyNumber(string number, NumberKind? declared = null,
            NumberRule rule = NumberRule.Strict) =>
            Block.First(Native.number_classify(number, (int?)declared ?? 0, (int)rule), row => new PersonNumber(row))!;

        /// <summary>Whether a text is a valid organisation number: nine digits, modulus 11.</summary>
        public static bool IsOrganisationNumber(string text) => Native.number_is_organisation(text) != 0;

        /// <summary>Whether a text has the form of a municipality number: four digits.</summary>
        public static bool IsMunicipalityNumber(string text) => Native.number_is_municipality(text) != 0;

        /// <summary>Whether a text has the form of an HPR number: one to nine digits.</summary>
        public static bool IsHprNumber(string text) => Native.number_is_hpr(text) != 0;

        /// <summary>Whether a text has the form of a HER-id: one to nine digits.</summary>
        public static bool IsHerId(string text) => Native.number_is_her_id(text) != 0;

        /// <summary>Whether a text holds a person number, so that it must not travel as an id.</summary>
        public static bool HoldsPersonNumber(string text) => Native.number_is_inside(text) != 0;

        // ---- Many pathways -------------------------------------------------------------------------------

        /// <summary>Plans many pathways, as they are asked for: cheaper than one call each.</summary>
        /// <param name="pathways">must not be disposed of before their plans are there</param>
        /// <param name="asOf">the day</param>
        /// <param name="policy">local rules; null: the defaults</param>
        /// <param name="knownAt">as for <see cref="Pathway.Plan"/></param>
        /// <param name="edition">as for <see cref="Pathway.Plan"/></param>
        /// <param name="onError">takes the place (from 0) and the error of a pathway that fails, which is then left
        /// out; null: the error is thrown</param>
        public static IEnumerable<Plan> PlanMany(IEnumerable<Pathway> pathways, DateTime asOf, Policy? policy = null,
            string? knownAt = null, string? edition = null, Action<int, PfhException>? onError = null)
        {
            Many many = new Many(Dates.To(asOf, nameof(asOf)), policy, knownAt, edition, 0, onError);
            return many.Plan(pathways ?? throw Given.Null(nameof(pathways))).Select(planned => new Plan(planned.Plan!));
        }

        /// <summary>Plans many pathways and gives each plan's <c>pfh-plan/1</c> document: the fastest way to them.</summary>
        /// <param name="pathways">must not be disposed of before their plans are there</param>
        /// <param name="asOf">the day</param>
        /// <param name="policy">local rules; null: the defaults</param>
        /// <param name="knownAt">as for <see cref="Pathway.Plan"/></param>
        /// <param name="edition">as for <see cref="Pathway.Plan"/></param>
        /// <param name="explain">also say why the dates are what they are</param>
        /// <param name="onError">as for <see cref="PlanMany"/></param>
        public static IEnumerable<string> PlanManyJson(IEnumerable<Pathway> pathways, DateTime asOf, Policy? policy = null,
            string? knownAt = null, string? edition = null, bool explain = false, Action<int, PfhException>? onError = null)
        {
            Many many = new Many(Dates.To(asOf, nameof(asOf)), policy, knownAt, edition, explain ? 2 : 1, onError);
            return many.Plan(pathways ?? throw Given.Null(nameof(pathways))).Select(planned => planned.Json!);
        }

        /// <summary>Reads pathways from NDJSON, one a line, as they are asked for.  Memory is bounded by the longest
        /// document, whatever the number of lines.</summary>
        public static IEnumerable<Line> ReadCaseload(Stream stream) =>
            Caseload.Read(stream ?? throw Given.Null(nameof(stream)));

        /// <summary>Reads pathways from NDJSON that comes in pieces of any size.</summary>
        public static IEnumerable<Line> ReadCaseload(IEnumerable<byte[]> pieces) =>
            Caseload.Read(pieces ?? throw Given.Null(nameof(pieces)));

        // ---- Hand-over, checklists, needs ----------------------------------------------------------------

        /// <summary>The table that hand-over goes by.</summary>
        public static IReadOnlyList<HandoverRule> HandoverRules =>
            Block.List(Native.handover_rules(), row => new HandoverRule(row));

        /// <summary>Writes the checklist of a point as <c>pfh-checklist/1</c>, blank or with what is known.</summary>
        /// <param name="edition">its name, or an <see cref="Edition"/></param>
        /// <param name="point">1 to the number of the edition's points</param>
        /// <param name="policy">for its own topics; null: the defaults</param>
        /// <param name="known">what is known is filled in; null: a blank one</param>
        /// <param name="language">of the titles</param>
        public static string ChecklistJson(string edition, int point, Policy? policy = null, Needs? known = null,
            Language language = Language.Nb) =>
            Native.checklist_to_json(edition ?? throw Given.Null(nameof(edition)), point, policy?.Self, known?.Self, (int)language);

        /// <summary>Writes the same as plain text that can be sent out beforehand.</summary>
        public static string ChecklistText(string edition, int point, Policy? policy = null, Needs? known = null,
            Language language = Language.Nb) =>
            Native.checklist_to_text(edition ?? throw Given.Null(nameof(edition)), point, policy?.Self, known?.Self, (int)language);

        /// <summary>How many characters are enough for what is always in a text of needs.</summary>
        public static int NeedsTextMin => Native.needs_text_min();

        // ---- Calendars -----------------------------------------------------------------------------------

        /// <summary>Writes one calendar of many plans.</summary>
        public static string PlansToIcal(IEnumerable<Plan> plans, IcalOptions? options = null) =>
            Native.plans_to_ical(Given.Selves(plans, nameof(plans)), options?.Self);

        /// <summary>Brings a calendar up to date with plans, which are all that it is about.</summary>
        /// <param name="previous">what was written before, or what a server made of it; null: a new calendar</param>
        /// <param name="plans">all of them: an entry that is in none of them is cancelled</param>
        /// <param name="options">null: the defaults</param>
        public static string UpdateIcal(string? previous, IEnumerable<Plan> plans, IcalOptions? options = null) =>
            Native.ical_update(Utf8.DocumentOrNone(previous), Given.Selves(plans, nameof(plans)), options?.Self);

        /// <summary>Reads what people did in a calendar, as proposed events.  Read back first, and update then.</summary>
        public static Proposals ReadIcal(string text, IEnumerable<Plan> plans, IcalOptions? options = null) =>
            new Proposals(Native.ical_read(Utf8.Document(text), Given.Selves(plans, nameof(plans)), options?.Self));

        /// <summary>Reads what people did in the bytes of a calendar, as proposed events.</summary>
        public static Proposals ReadIcal(byte[] text, IEnumerable<Plan> plans, IcalOptions? options = null) =>
            new Proposals(Native.ical_read(Utf8.Document(text), Given.Selves(plans, nameof(plans)), options?.Self));

        /// <summary>Looks for what is wrong with a calendar, byte by byte.</summary>
        public static IReadOnlyList<Defect> LintCalendar(string text) => Lint(Utf8.Document(text));

        /// <summary>Looks for what is wrong with the bytes of a calendar.</summary>
        public static IReadOnlyList<Defect> LintCalendar(byte[] text) => Lint(Utf8.Document(text));

        /// <summary>The rules that calendars are looked at by, as defects without a place.</summary>
        public static IReadOnlyList<Defect> LintRules => Block.List(Native.lint_rules(), row => new Defect(row));

        private static IReadOnlyList<Defect> Lint(byte[] document) =>
            Block.List(Native.ical_lint(document), row => new Defect(row));
    }
}
