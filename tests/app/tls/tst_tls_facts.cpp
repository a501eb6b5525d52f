// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/tls_names.h"
#include "app/tls/certificate_reader.h"
#include "app/tls/self_signed.h"
#include "app/tls/tls_facts.h"
#include "app/tls/tls_reasons.h"
#include "tests/testcase.h"

#include <QDateTime>
#include <QTest>

using namespace sockeye;

namespace {

TlsFacts someFacts()
{
    TlsFacts facts;
    facts.version = QStringLiteral("TLSv1.3");
    facts.cipher = QStringLiteral("TLS_AES_256_GCM_SHA384");
    facts.serverName = QStringLiteral("localhost");
    facts.verdict = QStringLiteral("ok");
    facts.chain = { { QStringLiteral("CN = localhost"), QStringLiteral("CN = Ä, \"B\""),
                        { QStringLiteral("localhost"), QStringLiteral("::1") }, 1'700'000'000, 1'800'000'000,
                        QStringLiteral("EC, 256 bits"), QStringLiteral("AB:CD") },
        {} };
    return facts;
}

class TestTlsFacts : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void throughJson()
    {
        const TlsFacts facts = someFacts();
        QCOMPARE(tlsFactsFromJson(toJson(facts)), std::optional(facts));
        TlsFacts few;
        few.version = QStringLiteral("TLSv1.2");
        few.ours = true;
        QCOMPARE(tlsFactsFromJson(toJson(few)), std::optional(few));
    }

    void hostileJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{\"version\":");
        QTest::newRow("no object") << QByteArray("[1,2]");
        QTest::newRow("no version") << QByteArray("{}");
        QTest::newRow("version no text") << QByteArray("{\"version\":3}");
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void hostileJson()
    {
        QFETCH(const QByteArray, json);
        QVERIFY(!tlsFactsFromJson(json));
    }

    void wrongTypesAreLeftOut()
    {
        const auto facts = tlsFactsFromJson("{\"version\":\"v\",\"cipher\":[],\"chain\":[1,{\"names\":\"x\","
                                            "\"valid_from\":\"y\"}],\"sni\":{}}");
        QVERIFY(facts);
        QCOMPARE(facts->chain.size(), 2);
        QCOMPARE(facts->chain[1].validFrom, 0);
        QVERIFY(!summary(*facts).isEmpty());
    }

    void staysSmall()
    {
        TlsFacts facts = someFacts();
        CertificateFacts large = facts.chain[0];
        large.subject = QString(100'000, u'x');
        for (int i = 0; i < 1000; ++i) {
            large.names.append(QString(1000, u'ä'));
        }
        facts.chain = QList<CertificateFacts>(100, large);
        const QByteArray json = toJson(facts);
        QVERIFY2(json.size() < 60'000, qPrintable(QString::number(json.size())));
        QVERIFY(tlsFactsFromJson(json));
    }

    void saysWhetherItWasVerified()
    {
        TlsFacts facts = someFacts();
        QVERIFY(summary(facts).contains(u"verified"));
        facts.verdict = QStringLiteral("certificate-expired");
        QVERIFY(summary(facts).contains(u"NOT verified"));
        QVERIFY(summary(facts).contains(u"certificate-expired"));
    }

    void selfSigned()
    {
        const QStringList names { QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1"),
            QStringLiteral("fe80::1%lo"), QStringLiteral("bad,IP:1.2.3.4"), QString() };
        const SelfSigned made = makeSelfSigned(names);
        QVERIFY(made.certificate && made.key);
        const CertificateFacts facts = readCertificate(made.certificate.get());
        QCOMPARE(facts.names,
            (QStringList { QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1"),
                QStringLiteral("fe80::1") }));
        QCOMPARE(facts.subject, facts.issuer);
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        QVERIFY(facts.validFrom < now && facts.validUntil > now);
        QVERIFY(readCertificate(makeSelfSigned(names).certificate.get()).fingerprint != facts.fingerprint);
    }

    /// One in 256 once had a serial number that nobody could read.
    void serialNumbersAreRight()
    {
        for (int i = 0; i < 40; ++i) {
            const SelfSigned made = makeSelfSigned({ QStringLiteral("localhost") });
            QVERIFY(made.certificate);
            const ASN1_INTEGER* const serial = X509_get0_serialNumber(made.certificate.get());
            QCOMPARE(ASN1_STRING_length(serial), 16);
            const unsigned char first = *ASN1_STRING_get0_data(serial);
            QVERIFY2(first >= 0x40 && first < 0x80, qPrintable(QString::number(first)));
        }
    }

    void namesOfAServer()
    {
        const QStringList one = certificateNames(QStringLiteral("10.1.2.3"), QHostAddress(QStringLiteral("10.1.2.3")));
        QCOMPARE(one,
            (QStringList { QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1"),
                QStringLiteral("10.1.2.3") }));
        const QStringList every = certificateNames(QStringLiteral("0.0.0.0"), QHostAddress(QHostAddress::AnyIPv4));
        QVERIFY(!every.contains(QStringLiteral("0.0.0.0")));
        QVERIFY(every.contains(QStringLiteral("127.0.0.1")));
    }

    void howToLookAtIt()
    {
        const SocketAddress address { QHostAddress(QHostAddress::AnyIPv6), 443 };
        QVERIFY(lookLine(address).endsWith(u"-connect [::1]:443"));
        QVERIFY(sendLine({ QHostAddress(QStringLiteral("10.0.0.1")), 7 }).contains(u"send 10.0.0.1 7 "));
    }

    void verdicts_data()
    {
        QTest::addColumn<long>("error");
        QTest::addColumn<QString>("code");
        QTest::newRow("revoked") << long(X509_V_ERR_CERT_REVOKED) << QStringLiteral("certificate-revoked");
        QTest::newRow("untrusted") << long(X509_V_ERR_CERT_UNTRUSTED) << QStringLiteral("certificate-unknown-issuer");
        QTest::newRow("chain too long") << long(X509_V_ERR_CERT_CHAIN_TOO_LONG)
                                        << QStringLiteral("certificate-invalid");
    }
    void verdicts()
    {
        QFETCH(const long, error);
        QFETCH(const QString, code);
        QCOMPARE(QString(codeName(certificateFailure(error))), code);
    }
};

} // namespace

SOCKEYE_TEST(TestTlsFacts)
#include "tst_tls_facts.moc"
