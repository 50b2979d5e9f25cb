package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.libpfh.test.Documents.date;
import static org.libpfh.test.Documents.flag;
import static org.libpfh.test.Documents.list;
import static org.libpfh.test.Documents.object;
import static org.libpfh.test.Documents.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.libpfh.Audience;
import org.libpfh.Caseload;
import org.libpfh.Diff;
import org.libpfh.Edition;
import org.libpfh.Feed;
import org.libpfh.IcalOptions;
import org.libpfh.Language;
import org.libpfh.Line;
import org.libpfh.MergeOptions;
import org.libpfh.Needs;
import org.libpfh.NumberKind;
import org.libpfh.NumberRule;
import org.libpfh.Offset;
import org.libpfh.Pathway;
import org.libpfh.PersonNumber;
import org.libpfh.PfhException;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.PointRule;
import org.libpfh.Policy;
import org.libpfh.Proposal;
import org.libpfh.Record;
import org.libpfh.RecordKind;
import org.libpfh.Side;
import org.libpfh.Status;
import org.libpfh.Task;
import org.libpfh.TopicNeed;
import org.libpfh.Word;
import org.libpfh.Worklist;

/** The calls of a story: bindings/smoke/README.md says what each takes and gives. */
final class Story {
    private interface Call {
        Object run(JsonObject with) throws Exception;
    }

    private static final Map<String, Call> CALLS = new TreeMap<>();

    private Story() {}

    static JsonElement call(String name, JsonObject with) throws Exception {
        if (!CALLS.containsKey(name))
            throw new AssertionError("no such call: " + name);
        return Documents.of(CALLS.get(name).run(with));
    }

    // ---- Arguments ----------------------------------------------------------------------------

    private static boolean isMade(JsonElement value) {
        return value.isJsonObject() && List.of(Set.of("units"), Set.of("repeat", "times"))
                .contains(value.getAsJsonObject().keySet());
    }

    /** A text, also one that JSON cannot carry. */
    private static String string(JsonElement value) {
        if (value == null || value.isJsonNull())
            return null;
        if (!isMade(value))
            return value.getAsString();
        JsonObject made = value.getAsJsonObject();
        if (made.has("repeat"))
            return made.get("repeat").getAsString().repeat(made.get("times").getAsInt());
        StringBuilder units = new StringBuilder();
        made.getAsJsonArray("units").forEach(unit -> units.append((char) unit.getAsInt()));
        return units.toString();
    }

    /** What is expected, with such texts as texts. */
    private static JsonElement plain(JsonElement value) {
        if (isMade(value))
            return new JsonPrimitive(string(value));
        if (value.isJsonArray())
            return each(value.getAsJsonArray().asList().stream().map(Story::plain));
        if (!value.isJsonObject())
            return value;
        JsonObject object = new JsonObject();
        value.getAsJsonObject().entrySet().forEach(each -> object.add(each.getKey(), plain(each.getValue())));
        return object;
    }

    private static byte[] bytes(JsonElement value) {
        boolean raw = value != null && value.isJsonObject() && value.getAsJsonObject().keySet().equals(Set.of("bytes"));
        return raw ? HexFormat.of().parseHex(value.getAsJsonObject().get("bytes").getAsString()) : null;
    }

    /** The text of a document, which may stand as an object. */
    private static String document(JsonElement value) {
        return value.isJsonObject() && !isMade(value) ? value.toString() : string(value);
    }

    private static Pathway pathway(JsonElement value) {
        byte[] bytes = bytes(value);
        return bytes != null ? Pathway.parse(bytes) : Pathway.parse(document(value));
    }

    private static Policy policy(JsonObject with) {
        JsonElement value = with.get("policy");
        if (value == null || value.isJsonNull())
            return null;
        byte[] bytes = bytes(value);
        return bytes != null ? Policy.parse(bytes) : Policy.parse(document(value));
    }

    private static List<Pathway> pathways(JsonObject with) {
        List<Pathway> pathways = new ArrayList<>();
        if (with.has("pathway"))
            pathways.add(pathway(with.get("pathway")));
        if (with.has("pathways"))
            with.getAsJsonArray("pathways").forEach(each -> pathways.add(pathway(each)));
        return pathways;
    }

    private static Plan plan(JsonObject with) {
        return pathway(with.get("pathway")).plan(date(with, "as_of"), policy(with), string(with.get("known_at")),
                string(with.get("edition")));
    }

    private static List<Plan> plans(JsonObject with, String day) {
        Policy policy = policy(with);
        return pathways(with).stream().map(pathway -> pathway.plan(date(with, day), policy)).toList();
    }

    private static Needs needs(JsonObject with) {
        return pathway(with.get("pathway")).needs(date(with, "as_of"), policy(with), string(with.get("known_at")),
                string(with.get("edition")));
    }

    private static Needs known(JsonObject with) {
        return with.has("known") ? needs(with.getAsJsonObject("known")) : null;
    }

    private static Language language(JsonObject with) {
        return Language.of(text(with, "language"));
    }

    private static IcalOptions icalOptions(JsonObject with) {
        IcalOptions options = new IcalOptions();
        if (with.has("options"))
            with.getAsJsonObject("options").entrySet().forEach(each -> options.set(each.getKey(), string(each.getValue())));
        Policy policy = policy(with);
        return policy == null ? options : options.policy(policy);
    }

    private static MergeOptions mergeOptions(JsonObject with) {
        MergeOptions options = new MergeOptions().edition(string(with.get("edition")));
        if (text(with, "choose_all") != null)
            options.chooseAll(Side.of(text(with, "choose_all")));
        if (with.has("choices"))
            with.getAsJsonObject("choices").entrySet()
                    .forEach(each -> options.choose(each.getKey(), Side.of(each.getValue().getAsString())));
        return options;
    }

    /** The members that have a word. */
    private static Object[] members(JsonObject with) throws Exception {
        Object[] all = Class.forName("org.libpfh." + text(with, "enum")).getEnumConstants();
        return Stream.of(all).filter(member -> !member.toString().equals("NEWER")).toArray();
    }

    private static Object member(JsonObject with, String word) throws Exception {
        for (Object member : members(with))
            if (ask(member, "word").equals(word))
                return member;
        throw new AssertionError("no " + word + " in " + with);
    }

    private static Object ask(Object object, String method) throws Exception {
        return object.getClass().getMethod(method).invoke(object);
    }

    private static JsonArray each(Stream<?> values) {
        return list(values.toArray());
    }

    // ---- Words, texts, dates, numbers ---------------------------------------------------------

    static {
        CALLS.put("versions", with -> Pfh.bindingVersion().equals(Places.version()) && Pfh.version().equals(Places.version())
                && libraryNumber() == numberOf(Places.version()));
        CALLS.put("words", with -> {
            JsonArray words = new JsonArray();
            String list = text(with, "enum");
            for (Object member : members(with)) {
                int place = words.size();
                int value = list.equals("Status") ? -place : list.equals("NumberRule") ? place : place + 1;
                if (!ask(member, "value").equals(value))
                    throw new AssertionError(member + " has the value " + ask(member, "value"));
                words.add((String) ask(member, "word"));
            }
            return words;
        });
        CALLS.put("members", with -> each(Stream.of(members(with)).map(member -> ((Enum<?>) member).name())));
        CALLS.put("enum_text", with -> {
            return ((Word) member(with, text(with, "word"))).text(language(with));
        });
        CALLS.put("text", with -> Pfh.text(language(with), string(with.get("id"))));
        CALLS.put("status", with -> {
            Status status = Status.of(text(with, "status"));
            return object("word", status.word(), "text", status.text());
        });
        CALLS.put("date", with -> Record.event().set("date", date(with, "date")).date("date"));
        CALLS.put("add_months", with -> Pfh.addMonths(date(with, "date"), with.get("months").getAsInt()));
        CALLS.put("add_working_days", with -> Pfh.addWorkingDays(date(with, "date"), with.get("count").getAsInt()));
        CALLS.put("is_holiday", with -> Pfh.isHoliday(date(with, "date")));
        CALLS.put("is_working_day", with -> Pfh.isWorkingDay(date(with, "date")));
        CALLS.put("easter", with -> Pfh.easter(with.get("year").getAsInt()));
        CALLS.put("date_range", with -> list(Pfh.dateMin(), Pfh.dateMax()));
        CALLS.put("timestamp", with -> Pfh.timestampToUtc(string(with.get("text"))));
        CALLS.put("classify_number", with -> {
            NumberRule rule = text(with, "rule") == null ? NumberRule.STRICT : NumberRule.of(text(with, "rule"));
            NumberKind declared = text(with, "declared") == null ? null : NumberKind.of(text(with, "declared"));
            PersonNumber number = Pfh.classifyNumber(string(with.get("number")), declared, rule);
            return object("kind", number.kind(), "strict", number.strict(), "synthetic", number.synthetic(), "ambiguous",
                    number.ambiguous(), "uncertain", number.uncertain(), "birth_hint", number.birthHint());
        });
        CALLS.put("number_is", with -> {
            String text = string(with.get("text"));
            return switch (text(with, "what")) {
                case "organisation" -> Pfh.isOrganisationNumber(text);
                case "municipality" -> Pfh.isMunicipalityNumber(text);
                case "hpr" -> Pfh.isHprNumber(text);
                case "her_id" -> Pfh.isHerId(text);
                default -> throw new AssertionError(with.toString());
            };
        });
        CALLS.put("holds_person_number", with -> Pfh.holdsPersonNumber(string(with.get("text"))));
    }

    private static int libraryNumber() throws Exception {
        Method number = Class.forName("org.libpfh.Native").getDeclaredMethod("version_number");
        number.setAccessible(true);
        return (int) number.invoke(null);
    }

    private static int numberOf(String version) {
        String[] parts = version.split("\\.");
        return Integer.parseInt(parts[0]) * 1_000_000 + Integer.parseInt(parts[1]) * 1_000 + Integer.parseInt(parts[2]);
    }

    // ---- Records and documents ----------------------------------------------------------------

    private static Pathway empty() {
        return new Pathway(Record.head().set("id", "story").set("edition", "hdir-2022").set("diagnosis/code", "C50.9")
                .set("diagnosis/date", LocalDate.of(2026, 1, 31)));
    }

    private static Record offered() {
        return Record.event().set("id", "e1").set("type", "offered").set("date", LocalDate.of(2026, 4, 20)).set("point", 2);
    }

    private static void set(Record record, String path, String kind, JsonElement value, JsonObject with) throws Exception {
        boolean none = value.isJsonNull();
        switch (kind) {
            case "text" -> record.set(path, string(value));
            case "date" -> record.set(path, none ? (LocalDate) null : LocalDate.parse(value.getAsString()));
            case "json" -> record.setJson(path, string(value));
            case "word" -> record.set(path, none ? (Word) null : (Word) member(with, value.getAsString()));
            default -> {
                if (none)
                    record.remove(path);
                else if (kind.equals("number"))
                    record.set(path, value.getAsInt());
                else
                    record.set(path, value.getAsBoolean());
            }
        }
    }

    /** Sets a value at a path, part by part. */
    private static void fill(Record record, String path, JsonElement value) {
        String key = path.substring(path.lastIndexOf('/') + 1);
        if (key.startsWith("x_"))
            record.setJson(path, value.toString());
        else if (value.isJsonNull())
            record.remove(path);
        else if (isMade(value))
            record.set(path, string(value));
        else if (value.isJsonObject())
            fillAll(record, path + "/", value.getAsJsonObject());
        else if (value.isJsonArray())
            for (int i = 0; i < value.getAsJsonArray().size(); i++)
                fill(record, path + "/" + i, value.getAsJsonArray().get(i));
        else if (value.getAsJsonPrimitive().isBoolean())
            record.set(path, value.getAsBoolean());
        else if (value.getAsJsonPrimitive().isNumber())
            record.set(path, value.getAsInt());
        else
            record.set(path, value.getAsString());
    }

    private static Record fillAll(Record record, String above, JsonObject members) {
        members.entrySet().forEach(
                each -> fill(record, above + each.getKey().replace("~", "~0").replace("/", "~1"), each.getValue()));
        return record;
    }

    static {
        CALLS.put("echo", with -> empty().append(offered().set("note", string(with.get("text")))).find("e1").text("note"));
        CALLS.put("echo_json", with -> {
            String json = new JsonPrimitive(string(with.get("text"))).toString();
            Pathway pathway = empty().append(offered().setJson("x_note", json));
            return Documents.read(Pathway.parse(pathway.toJson()).find("e1").text("x_note"));
        });
        CALLS.put("set", with -> {
            Record record = new Record(RecordKind.of(text(with, "record")));
            String path = string(with.get("path"));
            String kind = Stream.of("text", "number", "flag", "date", "json", "word").filter(with::has).findFirst().orElseThrow();
            if (with.has("before"))
                set(record, path, kind, with.get("before"), with);
            set(record, path, kind, with.get(kind), with);
            return switch (kind) {
                case "number" -> record.number(path);
                case "flag" -> record.flag(path);
                case "date" -> record.date(path);
                default -> record.text(path);
            };
        });
        CALLS.put("build", with -> {
            Pathway pathway = new Pathway(fillAll(Record.head(), "", with.getAsJsonObject("head")));
            if (with.has("events"))
                with.getAsJsonArray("events")
                        .forEach(event -> pathway.append(fillAll(Record.event(), "", event.getAsJsonObject())));
            return Documents.read(pathway.toJson());
        });
        CALLS.put("build_policy", with -> Documents
                .read(new Policy(fillAll(Record.policy(), "", with.getAsJsonObject("record"))).toJson()));
        CALLS.put("pathway", with -> Documents.read(pathway(with.get("text")).toJson()));
        CALLS.put("policy", with -> Documents.read(policy(object("policy", with.get("text"))).toJson()));
        CALLS.put("policy_number", with -> policy(with).number(string(with.get("key"))));
        CALLS.put("events", with -> each(pathway(with.get("pathway")).events().stream().map(event -> event.text("id"))));
        CALLS.put("find", with -> {
            Record record = found(with);
            return record == null ? null : record.text(string(with.get("path")));
        });
        CALLS.put("count", with -> found(with).count(string(with.get("path"))));
        CALLS.put("long", with -> Documents.read(grown(with, new ArrayList<>(), pathway(with.get("pathway"))).toJson()));
    }

    /** An event, or the head where no id is given. */
    private static Record found(JsonObject with) {
        Pathway pathway = pathway(with.get("pathway"));
        return with.has("id") ? pathway.find(string(with.get("id"))) : pathway.head();
    }

    /** Appends an event many times; `kept` are the ids of those that were not refused. */
    private static Pathway grown(JsonObject with, List<String> kept, Pathway pathway) {
        JsonObject event = with.getAsJsonObject("event").deepCopy();
        for (int i = 1; i <= with.get("times").getAsInt(); i++) {
            String id = text(with.getAsJsonObject("event"), "id") + i;
            event.addProperty("id", id);
            try (Record record = fillAll(Record.event(), "", event)) {
                pathway.append(record);
            }
            kept.add(id);
        }
        return pathway;
    }

    /** What holds of a pathway after it could not grow. */
    private static JsonObject then(JsonObject with) {
        List<String> kept = new ArrayList<>();
        Pathway pathway = pathway(with.get("pathway"));
        try {
            grown(with, kept, pathway).toJson();
        } catch (PfhException e) {
            assertSame(Status.MEMORY, e.status());
        }
        Set<String> there = new TreeSet<>(pathway.events().stream().map(event -> event.text("id")).toList());
        try (Plan plan = pathway.plan(date(with, "as_of"))) {
            return object("kept", there.equals(new TreeSet<>(kept)), "tasks", each(plan.tasks().stream().map(Task::id)));
        }
    }

    // ---- Editions -----------------------------------------------------------------------------

    private static JsonObject point(PointRule rule) {
        return object("point", rule.point(), "level", rule.level(), "opens", offset(rule.opens()), "about",
                offset(rule.about()), "closes", offset(rule.closes()), "relative", rule.relative(), "maps_to", rule.mapsTo());
    }

    private static JsonElement offset(Offset offset) {
        return offset == null ? JsonNull.INSTANCE : object("months", offset.months(), "days", offset.days());
    }

    static {
        CALLS.put("editions", with -> each(Edition.all().stream().map(Edition::name)));
        CALLS.put("edition", with -> {
            Edition edition = Edition.find(string(with.get("name")));
            return object("name", edition.name(), "effective", edition.effective(), "draft", edition.draft(), "points",
                    each(edition.points().stream().map(Story::point)), "topics",
                    each(edition.topics().stream().map(topic -> topic.code())), "activities", edition.activities().size(),
                    "maps_edition", edition.mapsEdition());
        });
        CALLS.put("has_topic", with -> Edition.find(string(with.get("edition"))).hasTopic(string(with.get("code"))));
    }

    // ---- Plans --------------------------------------------------------------------------------

    /** What became of each pathway: a value, or the word of its error's status. */
    private static <T> JsonArray many(Stream<T> values, TreeMap<Long, String> errors, Function<T, JsonElement> as) {
        JsonArray all = new JsonArray();
        List<T> made = values.toList();
        int next = 0;
        for (long i = 0; next < made.size() || errors.containsKey(i); i++)
            all.add(errors.containsKey(i) ? new JsonPrimitive(errors.get(i)) : as.apply(made.get(next++)));
        return all;
    }

    static {
        CALLS.put("plan", with -> {
            Plan plan = plan(with);
            JsonObject values = Values.plan(plan, false);
            values.remove("format");
            values.add("given_name", Documents.of(plan.givenName()));
            values.add("family_name", Documents.of(plan.familyName()));
            values.add("language", Documents.of(plan.language()));
            return values;
        });
        CALLS.put("plan_json", with -> Documents.read(plan(with).toJson(flag(with, "explain"))));
        CALLS.put("explain", with -> with.has("task") ? plan(with).explain(string(with.get("task")), language(with))
                : plan(with).explain(with.get("point").getAsInt(), language(with)));
        CALLS.put("plan_many", with -> {
            TreeMap<Long, String> errors = new TreeMap<>();
            Stream<Plan> plans = Pfh.planMany(pathways(with), date(with, "as_of"), policy(with),
                    string(with.get("known_at")), string(with.get("edition")), (index, error) -> errors.put(index, error.status().word()));
            return many(plans, errors, plan -> each(plan.tasks().stream().map(Task::id)));
        });
        CALLS.put("plan_many_json", with -> {
            TreeMap<Long, String> errors = new TreeMap<>();
            Stream<String> plans = Pfh.planManyJson(pathways(with), date(with, "as_of"), policy(with),
                    string(with.get("known_at")), string(with.get("edition")), flag(with, "explain"), (index, error) -> errors.put(index, error.status().word()));
            return many(plans, errors, Documents::read);
        });
        CALLS.put("caseload", with -> {
            byte[] raw = bytes(with.get("text"));
            byte[] text = raw != null ? raw : string(with.get("text")).getBytes(StandardCharsets.UTF_8);
            int size = with.get("piece").getAsInt();
            try (Caseload caseload = new Caseload(pieces(text, size), size)) {
                return each(caseload.stream().filter(line -> !line.continued()).map(Story::line));
            }
        });
        CALLS.put("worklist", with -> {
            Worklist worklist = new Worklist();
            if (with.has("filters"))
                with.getAsJsonArray("filters").forEach(filter -> worklist.filter(string(filter.getAsJsonArray().get(0)),
                        string(filter.getAsJsonArray().get(1))));
            plans(with, "as_of").forEach(worklist::add);
            JsonArray rows = new JsonArray();
            worklist.sort().forEach(
                    row -> rows.add(list(row.task().due(), row.task().state(), row.pathway(), row.task().id())));
            return rows;
        });
    }

    /** A stream that gives no more than so many bytes at a time. */
    private static InputStream pieces(byte[] text, int size) {
        return new ByteArrayInputStream(text) {
            @Override
            public synchronized int read(byte[] into, int at, int room) {
                return super.read(into, at, Math.min(room, size));
            }
        };
    }

    private static JsonArray line(Line line) {
        return line.pathway() != null ? list(line.number(), line.pathway().id())
                : list(line.number(), line.error().status().word(), line.error().where());
    }

    // ---- Needs, checklists, hand-over, merging ------------------------------------------------

    static {
        CALLS.put("needs", with -> {
            Needs needs = needs(with);
            return object("topics", each(needs.topics().stream().filter(topic -> topic.discussed() != null)
                    .map(topic -> list(topic.topic(), topic.need(), topic.since()))), "assessments",
                    each(needs.assessments().stream().map(each -> list(each.event(), each.distress(),
                            each(each.changes().stream().map(change -> list(change.topic(), change.change())))))));
        });
        CALLS.put("needs_json", with -> Documents.read(needs(with).toJson()));
        CALLS.put("needs_find", with -> {
            TopicNeed found = needs(with).find(string(with.get("topic")));
            return found == null ? null : found.need();
        });
        CALLS.put("needs_text", with -> needs(with).toText(Audience.of(text(with, "audience")), language(with),
                with.get("max_characters").getAsInt()));
        CALLS.put("needs_text_min", with -> Pfh.needsTextMin());
        CALLS.put("checklist", with -> Documents.read(Pfh.checklistJson(string(with.get("edition")),
                with.get("point").getAsInt(), policy(with), known(with), language(with))));
        CALLS.put("checklist_text", with -> Pfh.checklistText(string(with.get("edition")), with.get("point").getAsInt(),
                policy(with), known(with), language(with)));
        CALLS.put("handover", with -> Documents.read(pathway(with.get("pathway"))
                .handover(Audience.of(text(with, "audience")), policy(with), flag(with, "override")).toJson()));
        CALLS.put("handover_rules",
                with -> each(Pfh.handoverRules().stream().map(rule -> list(rule.audience(), rule.leftOut()))));
        CALLS.put("merge", with -> Documents
                .read(pathway(with.get("mine")).merge(pathway(with.get("theirs")), mergeOptions(with)).toJson()));
        CALLS.put("diff", with -> {
            Diff diff = pathway(with.get("mine")).diff(pathway(with.get("theirs")), mergeOptions(with));
            return object("conflicts", diff.conflictCount(), "rows",
                    each(diff.rows().stream().map(row -> list(row.kind(), row.name(), row.conflict(), row.chosen()))));
        });
    }

    // ---- Calendars ----------------------------------------------------------------------------

    private static JsonArray lines(String calendar, String... beginnings) {
        return each(inOrder(calendar, beginnings).sorted(Comparator.comparing(String::codePoints, (a, b) -> Arrays
                .compare(a.toArray(), b.toArray()))));
    }

    private static Stream<String> inOrder(String calendar, String... beginnings) {
        return calendar.replace("\r\n ", "").lines().filter(line -> Stream.of(beginnings).anyMatch(line::startsWith));
    }

    private static JsonArray entries(String calendar) {
        return lines(calendar, "UID:", "SUMMARY:");
    }

    private static JsonObject proposal(Proposal row) {
        JsonElement event = row.event() == null ? JsonNull.INSTANCE
                : object("type", row.event().text("type"), "start", row.event().text("start"));
        return object("pathway", row.pathway(), "task", row.task(), "needs", row.needs(), "event", event);
    }

    static {
        CALLS.put("ical", with -> entries(Pfh.plansToIcal(plans(with, "as_of"), icalOptions(with))));
        CALLS.put("ical_single", with -> entries(plans(with, "as_of").get(0).toIcal(icalOptions(with))));
        CALLS.put("ical_update", with -> {
            String previous = Pfh.plansToIcal(plans(with, "previous"), icalOptions(with));
            return lines(Pfh.updateIcal(previous, plans(with, "as_of"), icalOptions(with)), "UID:", "SEQUENCE:", "STATUS:");
        });
        CALLS.put("feed", with -> {
            try (Feed feed = new Feed(null, icalOptions(with))) {
                plans(with, "as_of").forEach(feed::add);
                return object("count", feed.count(), "lines", entries(feed.toIcal()));
            }
        });
        CALLS.put("invitation", with -> {
            int point = with.get("point").getAsInt();
            String before = with.has("previous")
                    ? plans(with, "previous").get(0).toInvitation(point, null, icalOptions(with)) : null;
            String text = plans(with, "as_of").get(0).toInvitation(point, before, icalOptions(with));
            return text == null ? null : each(inOrder(text, "METHOD:", "UID:"));
        });
        CALLS.put("ical_read", with -> {
            List<Plan> plans = plans(with, "as_of");
            String calendar = Pfh.plansToIcal(plans, icalOptions(with));
            if (with.has("move")) {
                String from = string(with.getAsJsonArray("move").get(0));
                if (!calendar.contains(from))
                    throw new AssertionError("the calendar has no " + from + ":\n" + calendar);
                calendar = calendar.replace(from, string(with.getAsJsonArray("move").get(1)));
            }
            return each(Pfh.readIcal(calendar, plans, icalOptions(with)).stream().map(Story::proposal));
        });
        CALLS.put("lint", with -> {
            byte[] raw = bytes(with.get("text"));
            return each((raw != null ? Pfh.lintCalendar(raw) : Pfh.lintCalendar(string(with.get("text")))).stream()
                    .map(defect -> list(defect.line(), defect.column(), defect.rule())));
        });
        CALLS.put("lint_rules", with -> Pfh.lintRules().size());
    }

    // ---- A step -------------------------------------------------------------------------------

    /** What is not as wanted in a step; null where all is. */
    static String wrong(JsonObject step) throws Exception {
        boolean none = !step.has("with") || step.get("with").isJsonNull();
        JsonObject with = none ? new JsonObject() : step.getAsJsonObject("with");
        String said = Stream.of("gives", "has", "refused").filter(step::has).findFirst().orElseThrow();
        JsonElement wanted = plain(step.get(said));
        JsonElement got;
        boolean good;
        try {
            got = call(text(step, "call"), with);
            good = said.equals("gives") ? wanted.equals(got) : said.equals("has") && Documents.covers(wanted, got);
        } catch (PfhException e) {
            got = object("status", e.status().word(), "where", e.where(), "offset", e.offset(), "text", e.text());
            good = said.equals("refused") && Documents.covers(wanted, got);
        }
        if (good && step.has("then")) {
            wanted = step.get("then");
            got = then(with);
            good = wanted.equals(got);
        }
        return good ? null : "wanted " + said + " " + wanted + "\ngot " + got;
    }
}
