package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import org.junit.jupiter.api.Test;

/** The step that needs memory to be short, in a Java of its own. */
class Shortage {
    @Test
    void aShortageOfMemoryIsAnExceptionAndTheNextCallWorks() {
        Child.Outcome outcome = new Child().preload(Places.preload("no_memory")).run(Shortage.class);
        assertEquals(0, outcome.status(), outcome.printed());
    }

    /**
     * Runs the steps.
     *
     * @param none not used
     * @throws Exception where a step goes wrong
     */
    public static void main(String[] none) throws Exception {
        for (JsonElement step : Documents.read(Places.read("bindings/smoke/shortage.json")).getAsJsonArray()) {
            String wrong = Story.wrong(step.getAsJsonObject());
            if (wrong != null) {
                System.out.println(step.getAsJsonObject().get("step") + ": " + wrong);
                System.exit(1);
            }
        }
    }
}
