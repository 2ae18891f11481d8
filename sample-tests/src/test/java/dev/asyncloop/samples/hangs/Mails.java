package dev.asyncloop.samples.hangs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One that keeps all threads of a pool, and one that needs them. */
@ExtendWith(AsyncLoopExtension.class)
class Mails {

    private static Mailer mailer;

    @BeforeAll
    static void open() {
        mailer = new Mailer();
    }

    @AfterAll
    static void close() {
        mailer.close();
    }

    // tag::hangs[]
    @Test
    void newsletter_is_on_its_way() {
        for (int i = 0; i < 10; i++) {
            mailer.sendSlowly("news"); // and nobody waits for it
        }
    }

    @Test
    void greeting_is_sent() throws Exception {
        assertThat(mailer.send("hello").get()).isEqualTo("sent hello");
    }
    // end::hangs[]
}
