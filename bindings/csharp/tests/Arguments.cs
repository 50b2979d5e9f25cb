// Arguments.cs -- what is given to the binding: null, dates and times, numbers of any type, editions.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Pfh;

public static class Arguments
{
    private static readonly DateTime Day = Closing.Day;

    public static void Run()
    {
        Tap.Test("null arguments are named", Nulls);
        Tap.Test("a null text is named wherever a text is required", NullTexts);
        Tap.Test("null where it means that there is none", NullIsNone);
        Tap.Test("a day with a time of day is refused where a day is asked for", TimeOfDay);
        Tap.Test("midnight is a date", Midnight);
        Tap.Test("a time of day that belongs to no zone is an appointment in Oslo", Appointment);
        Tap.Test("a moment is a timestamp in UTC", Moment);
        Tap.Test("a value that no key takes is refused, by its type and the key alone", NoValue);
        Tap.Test("whole numbers of any type", WholeNumbers);
        Tap.Test("what libpfh refused stays with the record, and nothing else does", Stays);
        Tap.Test("a record is read and written as JSON", Json);
        Tap.Test("an edition is given where a name is taken", Editions);
    }

    private static void Named(string name, Action use)
    {
        Tap.Equal(name, Tap.Throws<ArgumentNullException>(use).ParamName, "the name");
    }

    private static void Nulls()
    {
        using (Pathway pathway = Closing.Pathway())
        {
            Named("event", () => pathway.Append(null));
            Named("theirs", () => pathway.Merge(null));
            Named("pathways", () => Libpfh.PlanMany(null, Day));
            Named("plans", () => Libpfh.PlansToIcal(null));
            Named("head", () => new Pathway(null));
            Named("stream", () => Libpfh.ReadCaseload((Stream)null));
            Named("pieces", () => Libpfh.ReadCaseload(new byte[][] { null }).ToList());
        }
    }

    private static void NullTexts()
    {
        using (Pathway pathway = Closing.Pathway())
        using (Policy policy = Policy.Parse("{\"format\":\"pfh-policy/1\"}"))
        using (Plan plan = pathway.Plan(Day))
        using (Needs needs = pathway.Needs(Day))
        using (Record record = new Record(RecordKind.Event))
        using (Worklist list = new Worklist())
        using (IcalOptions options = new IcalOptions())
        using (MergeOptions merge = new MergeOptions())
        {
            Named("text", () => Pathway.Parse((string)null));
            Named("text", () => Pathway.Parse((byte[])null));
            Named("text", () => Policy.Parse((string)null));
            Named("text", () => Policy.Parse((byte[])null));
            Named("text", () => Record.Parse(RecordKind.Event, (string)null));
            Named("text", () => Record.Parse(RecordKind.Event, (byte[])null));
            Named("text", () => Libpfh.LintCalendar((string)null));
            Named("text", () => Libpfh.LintCalendar((byte[])null));
            Named("text", () => Libpfh.ReadIcal((string)null, new[] { plan }));
            Named("text", () => Libpfh.IsOrganisationNumber(null));
            Named("text", () => Libpfh.IsMunicipalityNumber(null));
            Named("text", () => Libpfh.IsHprNumber(null));
            Named("text", () => Libpfh.IsHerId(null));
            Named("text", () => Libpfh.HoldsPersonNumber(null));
            Named("number", () => Libpfh.ClassifyNumber(null));
            Named("timestamp", () => Libpfh.TimestampToUtc(null));
            Named("id", () => Libpfh.Text(Language.Nb, null));
            Named("edition", () => Libpfh.ChecklistJson(null, 1));
            Named("edition", () => Libpfh.ChecklistText(null, 1));
            Named("name", () => Edition.Find(null));
            Named("code", () => Edition.Find("hdir-2022").HasTopic(null));
            Named("id", () => pathway.Find(null));
            Named("key", () => policy.Number(null));
            Named("task", () => plan.Explain(null, Language.Nb));
            Named("topic", () => needs.Find(null));
            Named("conflict", () => merge.Choose(null, Side.Mine));
            Named("key", () => list.Filter(null, "a"));
            Named("key", () => options.Set(null, "a"));
            foreach (object value in new object[] { "a", 1, true, Day, null, 1.5, long.MaxValue })
                Named("path", () => record.Set(null, value));
            Named("path", () => record.SetJson(null, "1"));
            Named("path", () => record.Text(null));
            Named("path", () => record.Number(null));
            Named("path", () => record.Flag(null));
            Named("path", () => record.Date(null));
            Named("path", () => record.Count(null));
            record["note"] = "a"; // none of these came to the record
        }
    }

    private static void NullIsNone()
    {
        using (Pathway pathway = Closing.Pathway())
        using (Record record = new Record(RecordKind.Event) { ["note"] = "a" })
        using (Worklist list = new Worklist())
        using (MergeOptions merge = new MergeOptions())
        using (Plan plan = pathway.Plan(Day, null, null, null))
        using (Feed feed = new Feed(null, null))
        {
            record["note"] = null;
            Tap.Equal(null, record.Text("note"), "it is taken away");
            record.SetJson("x_a", null);
            list.Filter("unit", null);
            merge.Edition(null);
            Tap.That(Libpfh.UpdateIcal(null, new[] { plan }).StartsWith("BEGIN:VCALENDAR"), "a new calendar");
            TaskKind kind;
            Tap.That(!Words.TryParse(null, out kind), "no word");
        }
    }

    // ---- Dates and times -----------------------------------------------------------------------------

    private static void TimeOfDay()
    {
        using (Pathway pathway = Closing.Pathway())
            Tap.Equal("asOf", Tap.Throws<ArgumentException>(() => pathway.Plan(Day.AddSeconds(1))).ParamName, "the day");
        Tap.Throws<ArgumentException>(() => Libpfh.IsHoliday(Day.AddTicks(1)));
    }

    private static Record Event()
    {
        return new Record(RecordKind.Event);
    }

    private static void Midnight()
    {
        foreach (DateTimeKind kind in new[] { DateTimeKind.Unspecified, DateTimeKind.Utc, DateTimeKind.Local })
            using (Record record = Event())
            {
                record["date"] = DateTime.SpecifyKind(Day, kind); // a day is a day
                record["start"] = DateTime.SpecifyKind(Day, kind);
                Tap.Equal(DateTimeKind.Unspecified, record.Date("date").Value.Kind, "the kind");
                Tap.Equal((DateTime?)Day, record.Date("date"), "the day");
                Tap.Equal("2026-04-20", record.Text("start"), "an appointment on a whole day");
            }
        using (Record record = Event())
            Tap.Equal(Status.Date, Tap.Throws<PfhException>(() => record["date"] = DateTime.MinValue).Status, "the year 1");
    }

    private static void Appointment()
    {
        using (Record record = Event())
        {
            record["start"] = new DateTime(2026, 5, 4, 9, 5, 0);
            Tap.Equal("2026-05-04T09:05", record.Text("start"), "the time");
            record["start"] = "2026-05-11T00:00";
            Tap.Equal("2026-05-11T00:00", record.Text("start"), "at midnight, as a text");
            ArgumentException refused = Tap.Throws<ArgumentException>(() => record["start"] = new DateTime(2026, 5, 4, 9, 5, 7));
            Tap.That(refused.Message.StartsWith("start:") && !refused.Message.Contains("2026"), refused.Message);
            Tap.Throws<ArgumentException>(() => record["start"] = new DateTime(2026, 5, 4, 9, 5, 0).AddTicks(1));
            record["note"] = "it came no further";
        }
        using (Record record = Event())
            Tap.Equal("/date", Tap.Throws<PfhException>(() => record["date"] = Day.AddHours(10)).Where, "a date has no time");
        using (Record record = Event())
            Tap.Equal("/recorded", Tap.Throws<PfhException>(() => record["recorded"] = Day.AddHours(10)).Where, "no timestamp");
    }

    private static string Recorded(object moment)
    {
        using (Record record = new Record(RecordKind.Event) { ["recorded"] = moment })
            return record.Text("recorded");
    }

    private static void Moment()
    {
        DateTime utc = new DateTime(2026, 4, 20, 8, 30, 0, DateTimeKind.Utc);
        Tap.Equal("2026-04-20T08:30:00Z", Recorded(utc), "UTC");
        Tap.Equal("2026-04-20T08:30:00Z", Recorded(utc.ToLocalTime()), "here");
        Tap.Equal("2026-04-20T08:30:00.0000001Z", Recorded(utc.AddTicks(1)), "seven decimals");
        Tap.Equal("2026-04-20T08:30:00.5Z", Recorded(utc.AddMilliseconds(500)), "one decimal");
        Tap.Equal("2026-04-20T08:30:00Z", Recorded(new DateTimeOffset(2026, 4, 20, 10, 30, 0, TimeSpan.FromHours(2))), "an offset");
        Tap.Equal("2026-04-20T00:00:00Z", Recorded(new DateTimeOffset(Day, TimeSpan.Zero)), "midnight too");
        using (Record record = Event())
            Tap.Equal("/start", Tap.Throws<PfhException>(() => record["start"] = utc).Where, "no appointment");
        using (IcalOptions options = new IcalOptions { ["stamp"] = utc })
        using (Pathway pathway = Closing.Pathway())
        using (Plan plan = pathway.Plan(Day, knownAt: new DateTimeOffset(utc).ToString("o")))
        {
            Tap.Equal("2026-04-20T08:30:00Z", plan.KnownAt, "the time of knowing");
            Tap.That(plan.ToIcal(options).Contains("DTSTAMP:20260420T083000Z"), "the stamp");
        }
    }

    // ---- Numbers, and what is none -------------------------------------------------------------------

    private static void NoValue()
    {
        using (Record record = Event())
        using (IcalOptions options = new IcalOptions())
        using (Worklist list = new Worklist())
        {
            Refused("point", "a Double", () => record["point"] = 1.5);
            Refused("date", "a DayOfWeek", () => record["date"] = DayOfWeek.Monday);
            Refused("note", "an Exception", () => record["note"] = new Exception("secret 1.5 Monday"));
            Refused("horizon_days", "a Double", () => options["horizon_days"] = 1.5);
            Refused("unit", "an Object", () => list.Filter("unit", new object()));
        }
    }

    private static void Refused(string key, string type, Action use)
    {
        string message = Tap.Throws<ArgumentException>(use).Message;
        Tap.That(message.StartsWith(key + ": " + type + " is"), message);
        Tap.That(!message.Contains("1.5") && !message.Contains("Monday"), message);
    }

    private static void WholeNumbers()
    {
        using (Record record = Event())
        using (IcalOptions options = new IcalOptions { ["horizon_days"] = 14L })
        {
            foreach (object two in new object[] { 2, 2L, (short)2, (sbyte)2, (byte)2, 2u, 2ul, (ushort)2 })
            {
                record["point"] = null;
                record["point"] = two;
                Tap.Equal((int?)2, record.Number("point"), two.GetType().Name);
            }
            foreach (object huge in new object[] { int.MinValue, int.MaxValue + 1L, long.MinValue, uint.MaxValue, ulong.MaxValue })
            {
                PfhException refused = Tap.Throws<PfhException>(() => record["minutes"] = huge);
                Tap.Equal(Status.Argument, refused.Status, "the status");
                Tap.That(refused.Text.StartsWith("minutes ") && !refused.Text.Contains(huge.ToString()), refused.Text);
            }
            Tap.Throws<PfhException>(() => options["horizon_days"] = long.MaxValue);
        }
    }

    private static void Stays()
    {
        using (Pathway pathway = Closing.Pathway())
        {
            using (Record record = Closing.Offer("e2"))
            {
                Tap.Throws<PfhException>(() => record["note"] = "a\0");
                Tap.Throws<PfhException>(() => record["minutes"] = long.MaxValue);
                Tap.Throws<ArgumentException>(() => record["note"] = 1.5);
                pathway.Append(record);
            }
            using (Record record = Closing.Offer("e3"))
            {
                Tap.Throws<PfhException>(() => record["point"] = 99);
                record["point"] = 1;
                Tap.Equal("/point", Tap.Throws<PfhException>(() => pathway.Append(record)).Where, "the first error");
            }
        }
    }

    private static void Json()
    {
        const string text = "{\"id\":\"e2\",\"type\":\"offered\",\"date\":\"2026-02-03\",\"point\":1,\"note\":\"Første 😀\"}";
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        using (Pathway pathway = Closing.Pathway())
        using (Record read = Record.Parse(RecordKind.Event, text), other = Record.Parse(RecordKind.Event, bytes))
        {
            Tap.Equal("Første 😀", read.Text("note"), "the note");
            Tap.Equal(read.ToJson(), other.ToJson(), "bytes are read as a text is");
            read["channel"] = Channel.Letter;
            pathway.Append(read);
            Tap.That(pathway.Find("e2").ToJson().Contains("\"channel\":\"letter\""), "an event of a pathway");
            Tap.That(pathway.Head.ToJson().Contains("hdir-2022"), "its head");
        }
        Tap.Equal("/point", Tap.Throws<PfhException>(() => Record.Parse(RecordKind.Event, "{\"point\":99}")).Where, "the place");
        Tap.Equal(Status.Syntax, Tap.Throws<PfhException>(() => Record.Parse(RecordKind.Event, "{")).Status, "no JSON");
    }

    private static void Editions()
    {
        Edition edition = Edition.Find("hdir-2022"), none = null;
        using (Pathway pathway = Closing.Pathway())
        using (Plan plan = pathway.Plan(Day, edition: edition), named = pathway.Plan(Day, edition: none))
        using (Needs needs = pathway.Needs(Day, edition: edition))
        using (MergeOptions options = new MergeOptions())
        using (Record head = new Record(RecordKind.Pathway) { ["edition"] = edition })
        {
            options.Edition(edition);
            Tap.Equal(edition, plan.Edition, "asked for");
            Tap.Equal(edition, named.Edition, "none asked for");
            Tap.Equal("hdir-2022", head.Text("edition"), "set");
            Tap.Equal(Libpfh.ChecklistJson("hdir-2022", 1), Libpfh.ChecklistJson(edition, 1), "the checklist");
            Tap.That(plan.Edition == edition && !(plan.Edition != edition) && edition != none && none == null, "compared");
            Tap.That(edition != Edition.Find("hdir-2021-draft"), "another");
        }
    }
}
