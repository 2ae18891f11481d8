package dev.asyncloop.jupiter.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutParameterTests {

    @ParameterizedTest
    @CsvSource({
        "60 s, PT1M",
        "60, PT1M",
        " 2 s , PT2S",
        "100 ms, PT0.1S",
        "100MS, PT0.1S",
        "7 ns, PT0.000000007S",
        "7 μs, PT0.000007S",
        "3 m, PT3M",
        "2h, PT2H",
        "1 d, PT24H",
        "off, ",
        "OFF, "
    })
    void it_is_a_time_in_junits_syntax(String value, Duration limit) {
        assertThat(Parameters.TIMEOUT.parse(value)).isEqualTo(Optional.ofNullable(limit));
    }

    @Test
    void the_default_is_what_its_text_says() {
        assertThat(Parameters.TIMEOUT.parse(Parameters.TIMEOUT.defaultText())).contains(Duration.ofMinutes(1));
    }
}
