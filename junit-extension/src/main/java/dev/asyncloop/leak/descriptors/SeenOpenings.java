package dev.asyncloop.leak.descriptors;

import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.registers.Opening;
import java.util.Map;

/** What the hooks in the JDK saw of the descriptors of a process. */
interface SeenOpenings {

    /** For another process, or without hooks. */
    SeenOpenings NONE = new SeenOpenings() {
        @Override
        public long events() {
            return -1;
        }

        @Override
        public Map<Integer, Opening> all() {
            return Map.of();
        }

        @Override
        public void forget(int number, Opening origin) {}
    };

    /** For this process. Equals {@link #NONE} until the hooks are installed. */
    SeenOpenings OF_THIS_PROCESS = new SeenOpenings() {
        @Override
        public long events() {
            return DescriptorOrigins.events();
        }

        @Override
        public Map<Integer, Opening> all() {
            return DescriptorOrigins.all();
        }

        @Override
        public void forget(int number, Opening origin) {
            DescriptorOrigins.forget(number, origin);
        }
    };

    /** A number that changes whenever something is opened or closed; negative without hooks. */
    long events();

    /** What was seen being opened and not closed, by number. */
    Map<Integer, Opening> all();

    /**
     * Forgets an opening whose descriptor was closed unseen, so that the next descriptor of its number is not taken for
     * it.
     */
    void forget(int number, Opening origin);
}
