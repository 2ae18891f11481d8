package com.example;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

@SpringBootApplication
@EnableJpaRepositories(considerNestedRepositories = true)
class Shop {

    @Entity
    static class Apple {
        @Id
        @GeneratedValue
        Long id;
    }

    interface Apples extends JpaRepository<Apple, Long> {}

    @RestController
    static class Web {
        private final Apples apples;

        Web(Apples apples) {
            this.apples = apples;
        }

        @GetMapping("/apples")
        String count() {
            return Long.toString(apples.count());
        }

        @GetMapping("/failure")
        String fail() {
            throw new IllegalStateException("after which Tomcat closes the connection");
        }
    }

    @Bean
    RestTemplate restTemplate() {
        return new RestTemplate(new HttpComponentsClientHttpRequestFactory());
    }

    @Bean
    RestClient restClient() {
        return RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .build();
    }

    @Bean
    WebClient webClient() {
        return WebClient.create();
    }
}
