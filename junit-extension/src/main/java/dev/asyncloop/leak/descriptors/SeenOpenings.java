package dev.asyncloop.leak.descriptors;

import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.registers.Opening;
import java.util.Map;

/** What the hooks in the JDK saw of a process's descriptors. */
interface SeenOpenings {

    /** Where there are no hooks, or it is another process. */
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

    /** Of this process; as {@link #NONE} until the hooks are installed. */
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

    /** A number that is another one once anything was opened or closed; negative where nobody looks. */
    long events();

    /** By number, what was seen being opened and not closed. */
    Map<Integer, Opening> all();

    /** What was opened there is closed, without being seen: whoever gets the number next is not to be taken for it. */
    void forget(int number, Opening origin);
}
