package dev.asyncloop.jupiter.settings;

import org.jspecify.annotations.Nullable;

/** A parameter that switches something on, which is off by default. */
final class FlagParameter extends Parameter<Boolean> {

    FlagParameter(String name, Description description) {
        super(name, "false", false, description);
    }

    @Override
    @Nullable
    Boolean parse(String value) {
        String text = value.strip();
        boolean on = text.equalsIgnoreCase("true");
        return on || text.isEmpty() || text.equalsIgnoreCase("false") ? (Boolean) on : null;
    }

    @Override
    String values() {
        return "'true' or 'false'";
    }

    @Override
    Class<?> type() {
        return Boolean.class;
    }
}
