package com.example

import dev.asyncloop.leak.Leaks
import dev.asyncloop.loop.Asyncio
import java.time.Duration
import spock.lang.Specification

class OrderTests extends Specification {

    def "an order is shipped"() {
        when:
        Leaks.verifyNone("an order") { Asyncio.sleep(Duration.ofMillis(1)) }

        then:
        noExceptionThrown()
    }
}
