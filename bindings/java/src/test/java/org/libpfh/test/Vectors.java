package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libpfh.test.Documents.covers;
import static org.libpfh.test.Documents.date;
import static org.libpfh.test.Documents.flag;
import static org.libpfh.test.Documents.list;
import static org.libpfh.test.Documents.object;
import static org.libpfh.test.Documents.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libpfh.Audience;
import org.libpfh.Difference;
import org.libpfh.DifferenceKind;
import org.libpfh.Language;
import org.libpfh.MergeOptions;
import org.libpfh.Needs;
import org.libpfh.Pathway;
import org.libpfh.PfhException;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.Policy;
import org.libpfh.Side;
import org.libpfh.Status;

/** The conformance vectors: tests/vectors/README.md says what a case holds and how it is compared. */
class Vectors {
    /** A case, what it expects, and what was not as wanted. */
    private static final class Case {
        final JsonObject row;
        final JsonObject expect;
        final List<String> wrong = new ArrayList<>();

        Case(JsonElement row) {
            this.row = row.getAsJsonObject();
            this.expect = this.row.getAsJsonObject("expect");
            assertFalse(expect.entrySet().isEmpty(), () -> text(this.row, "name") + ": a case without expectations");
        }

        void wrong(String key, Object wanted, Object got) {
            wrong.add(text(row, "name") + ": " + key + ": wanted " + wanted + "\n  got " + got);
        }

        void covered(String key, JsonElement got) {
            if (expect.has(key) && !covers(expect.get(key), got))
                wrong(key, expect.get(key), got);
        }

        void equal(String key, JsonElement got) {
            if (expect.has(key) && !expect.get(key).equals(got))
                wrong(key, expect.get(key), got);
        }

        void same(String what, String wanted, String got) {
            if (!Objects.equals(wanted, got))
                wrong(what, wanted, got);
        }

        /** What came of it: an error that is expected, or none. */
        void refusal(PfhException error) {
            JsonElement got = error == null ? object("status", "ok", "where", "")
                    : object("status", error.status().word(), "where", error.where());
            if (expect.has("error") ? !covers(expect.get("error"), got) : error != null)
                wrong("error", expect.get("error"), error == null ? got : error.getMessage());
        }

        Policy policy() {
            return row.has("policy") ? Policy.parse(row.get("policy").toString()) : null;
        }

        Pathway pathway() {
            return Pathway.parse(row.get("pathway").toString());
        }

        Needs needs(Policy policy) {
            return pathway().needs(date(row, "as_of"), policy, text(row, "known_at"), text(row, "edition"));
        }
    }

    private interface Check {
        void run(Case c);
    }

    private static final Map<String, Check> OTHERS = Map.of("merge.json", Vectors::merge, "handover.json", Vectors::handover,
            "needs.json", Vectors::needs, "checklist.json", Vectors::checklist);

    @TestFactory
    Stream<DynamicTest> everyFile() throws IOException {
        try (Stream<Path> files = Files.list(Places.SOURCE.resolve("tests/vectors"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")).sorted().toList()
                    .stream().map(name -> DynamicTest.dynamicTest("vectors: " + name, () -> file(name)));
        }
    }

    private static JsonArray cases(String file) {
        return Documents.read(Places.read("tests/vectors/" + file)).getAsJsonArray();
    }

    private static void file(String name) {
        List<String> wrong = new ArrayList<>();
        for (JsonElement row : cases(name)) {
            Case c = new Case(row);
            OTHERS.getOrDefault(name, Vectors::plan).run(c);
            wrong.addAll(c.wrong);
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    // ---- Plans --------------------------------------------------------------------------------

    private static boolean wantsReasons(JsonElement expect) {
        if (expect.isJsonObject())
            return expect.getAsJsonObject().entrySet().stream()
                    .anyMatch(member -> member.getKey().equals("because") || wantsReasons(member.getValue()));
        return expect.isJsonArray() && expect.getAsJsonArray().asList().stream().anyMatch(Vectors::wantsReasons);
    }

    private static void plan(Case c) {
        boolean explain = wantsReasons(c.expect);
        JsonObject plan;
        try (Pathway pathway = c.pathway();
                Policy policy = c.policy();
                Plan derived = pathway.plan(date(c.row, "as_of"), policy, text(c.row, "known_at"), text(c.row, "edition"))) {
            plan = Documents.read(derived.toJson(explain)).getAsJsonObject();
            if (!covers(Values.plan(derived, explain), plan))
                c.wrong("the plan's values", Values.plan(derived, explain), plan);
        } catch (PfhException e) {
            c.refusal(e);
            return;
        }
        if (c.expect.has("error"))
            c.refusal(null);
        else
            c.expect.entrySet().forEach(member -> planKey(c, member.getKey(), member.getValue(), plan));
    }

    private static void planKey(Case c, String key, JsonElement wanted, JsonObject plan) {
        JsonArray tasks = plan.getAsJsonArray("tasks");
        JsonArray findings = plan.getAsJsonArray("findings");
        switch (key) {
            case "points" -> rows(c, key, plan.getAsJsonArray("points"), "point");
            case "tasks" -> rows(c, key, tasks, "id");
            case "findings" -> some(c, wanted, findings);
            case "only_tasks" -> only(c, key, tasks, "id");
            case "no_tasks" -> none(c, key, tasks, Set.of("id", "kind"));
            case "no_findings" -> none(c, key, findings, Set.of("id"));
            case "only_findings" -> c.covered(key, findings);
            default -> c.covered(key, plan.get(key));
        }
    }

    /** Each given object with the row that has the same value of a key. */
    private static void rows(Case c, String expected, JsonArray rows, String key) {
        for (JsonElement wanted : c.expect.getAsJsonArray(expected)) {
            JsonElement id = wanted.getAsJsonObject().get(key);
            JsonElement got = null;
            for (JsonElement row : rows)
                got = got == null && id.equals(row.getAsJsonObject().get(key)) ? row : got;
            if (!covers(wanted, got))
                c.wrong(expected, wanted, got == null ? rows : got);
        }
    }

    private static void some(Case c, JsonElement expect, JsonArray rows) {
        for (JsonElement wanted : expect.getAsJsonArray())
            if (rows.asList().stream().noneMatch(row -> covers(wanted, row)))
                c.wrong("findings", wanted, rows);
    }

    private static void only(Case c, String expected, JsonArray rows, String key) {
        if (c.expect.has(expected))
            c.equal(expected, list(rows.asList().stream().map(row -> row.getAsJsonObject().get(key)).toArray()));
    }

    private static void none(Case c, String expected, JsonArray rows, Set<String> keys) {
        for (JsonElement word : c.expect.getAsJsonArray(expected))
            for (JsonElement row : rows)
                if (keys.stream().anyMatch(key -> word.equals(row.getAsJsonObject().get(key))))
                    c.wrong(expected, word, row);
    }

    // ---- Merging ------------------------------------------------------------------------------

    private static MergeOptions options(Case c) {
        MergeOptions options = new MergeOptions().edition(text(c.row, "merge_edition"));
        if (text(c.row, "choose_all") != null)
            options.chooseAll(Side.of(text(c.row, "choose_all")));
        if (c.row.has("choices"))
            c.row.getAsJsonObject("choices").entrySet()
                    .forEach(choice -> options.choose(choice.getKey(), Side.of(choice.getValue().getAsString())));
        return options;
    }

    /** All copies in one, from the first on or from the last on: its document, or the error. */
    private static Object merged(List<Pathway> copies, boolean reversed, MergeOptions options) {
        try {
            Pathway merged = copies.get(reversed ? copies.size() - 1 : 0);
            for (int i = 1; i < copies.size(); i++)
                merged = merged.merge(copies.get(reversed ? copies.size() - 1 - i : i), options);
            return merged.toJson();
        } catch (PfhException e) {
            return e;
        }
    }

    private static JsonObject difference(Difference row) {
        return object("kind", row.kind(), "name", row.name(), "event", row.event(), "type", row.type(), "date", row.date(),
                "mine", row.mine(), "theirs", row.theirs(), "conflict", row.conflict(), "key", row.key(), "chosen",
                row.chosen());
    }

    private static void differences(Case c, Pathway mine, Pathway theirs, MergeOptions options) {
        List<Difference> rows;
        try {
            rows = mine.diff(theirs, options).rows();
        } catch (PfhException e) {
            rows = List.of(); // an edition that is refused: the merging says so
        }
        c.covered("differences", list(rows.stream().map(Vectors::difference).toArray()));
        c.covered("conflicts", list(rows.stream().filter(row -> row.kind() == DifferenceKind.CONFLICT)
                .map(Vectors::difference).toArray()));
    }

    private static void merge(Case c) {
        List<Pathway> copies = new ArrayList<>();
        for (JsonElement copy : c.row.getAsJsonArray("copies"))
            copies.add(Pathway.parse(copy.toString()));
        MergeOptions options = options(c);
        differences(c, copies.get(0), copies.get(1), options);
        Object merged = merged(copies, false, options);
        if (!c.row.has("choices") && !sameOutcome(merged, merged(copies, true, options)))
            c.wrong("from the last on", merged, merged(copies, true, options));
        if (merged instanceof String document) {
            c.covered("merged", Documents.read(document));
            c.equal("merged_is", Documents.read(document));
            c.same("merged_text", c.expect.has("merged_text") ? text(c.expect, "merged_text") : document, document);
        }
        PfhException error = merged instanceof PfhException e ? e : null;
        if (c.expect.has("conflicts") && !c.expect.has("error"))
            c.same("error", "conflict", error == null ? null : error.status().word());
        else
            c.refusal(error);
    }

    private static boolean sameOutcome(Object a, Object b) {
        return a instanceof PfhException first && b instanceof PfhException second ? first.status() == second.status()
                : a.equals(b);
    }

    // ---- Hand-over, needs, checklists ---------------------------------------------------------

    private static void handover(Case c) {
        Pathway pathway = c.pathway();
        Pathway copy;
        try {
            copy = pathway.handover(Audience.of(text(c.row, "handover")), c.policy(), flag(c.row, "override"));
        } catch (PfhException e) {
            c.refusal(e);
            return;
        }
        c.refusal(null);
        String document = copy.toJson();
        c.covered("copy", Documents.read(document));
        c.equal("copy_is", Documents.read(document));
        c.same("read and written", document, Pathway.parse(document).toJson());
        c.same("merged with its copy", pathway.toJson(), pathway.merge(copy).toJson());
        c.same("merged into its copy", pathway.toJson(), copy.merge(pathway).toJson());
    }

    private static void document(Case c, JsonObject wanted, JsonObject got) {
        Case part = new Case(object("name", text(c.row, "name"), "expect", wanted));
        for (String key : wanted.keySet()) {
            switch (key) {
                case "topics" -> rows(part, key, got.getAsJsonArray("topics"), "topic");
                case "assessments" -> rows(part, key, got.getAsJsonArray("assessments"), "event");
                case "only_topics" -> only(part, key, got.getAsJsonArray("topics"), "topic");
                case "only_assessments" -> only(part, key, got.getAsJsonArray("assessments"), "event");
                default -> part.covered(key, got.get(key));
            }
        }
        c.wrong.addAll(part.wrong);
    }

    private static void needs(Case c) {
        try (Policy policy = c.policy(); Needs needs = c.needs(policy)) {
            c.refusal(null);
            document(c, c.expect.getAsJsonObject("needs"), Documents.read(needs.toJson()).getAsJsonObject());
        } catch (PfhException e) {
            c.refusal(e);
        }
    }

    private static void checklist(Case c) {
        JsonObject asked = c.row.getAsJsonObject("checklist");
        Language language = asked.has("language") ? Language.of(text(asked, "language")) : Language.NB;
        Policy policy = c.policy();
        Needs known = flag(asked, "known") ? c.needs(policy) : null;
        try {
            String document = Pfh.checklistJson(text(asked, "edition"), asked.get("point").getAsInt(), policy, known, language);
            c.refusal(null);
            document(c, c.expect.getAsJsonObject("checklist"), Documents.read(document).getAsJsonObject());
        } catch (PfhException e) {
            c.refusal(e);
        }
    }

    /** That a case which is wrong is seen: every expectation is turned into another one. */
    @Test
    void aWrongExpectationIsSeen() {
        JsonObject row = cases("windows.json").get(0).getAsJsonObject().deepCopy();
        row.add("expect", object("status", "nothing"));
        Case c = new Case(row);
        plan(c);
        assertEquals(1, c.wrong.size());
        row.add("expect", object("error", object("status", Status.DATE.word())));
        c = new Case(row);
        plan(c);
        assertEquals(1, c.wrong.size());
    }
}
