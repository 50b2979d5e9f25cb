package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The smoke story that all bindings run. */
class StoryTest {
    @TestFactory
    Stream<DynamicTest> story() {
        Iterable<JsonElement> steps = Documents.read(Places.read("bindings/smoke/story.json")).getAsJsonArray();
        return StreamSupport.stream(steps.spliterator(), false).map(JsonElement::getAsJsonObject)
                .map(step -> DynamicTest.dynamicTest("story: " + Documents.text(step, "step"), () -> run(step)));
    }

    private static void run(JsonObject step) throws Exception {
        assertNull(Story.wrong(step));
    }
}
