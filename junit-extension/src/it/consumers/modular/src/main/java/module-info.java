module com.example.shop {
    requires dev.asyncloop;
    requires org.assertj.core;
}
