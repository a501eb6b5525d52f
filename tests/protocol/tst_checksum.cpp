// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/checksum.h"
#include "protocol/content/crc.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

class TestChecksum : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void catalogue_data();
    void catalogue();
    void named_data();
    void named();
    void longInputs();
    void unknownNames();
};

void TestChecksum::catalogue_data()
{
    QTest::addColumn<int>("row");
    int row = 0;
    for (const CrcParameters& parameters : crcCatalogue()) {
        QTest::newRow(parameters.name) << row++;
    }
}

void TestChecksum::catalogue()
{
    QFETCH(int, row);
    const CrcParameters& parameters = crcCatalogue()[static_cast<std::size_t>(row)];
    QCOMPARE(QString::number(crc(parameters, "123456789"), 16), QString::number(parameters.check, 16));
}

void TestChecksum::named_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("crc-16/modbus") << QByteArray::fromHex("010300000001") << QByteArray("0a84");
    QTest::newRow("adler-32") << QByteArray("Wikipedia") << QByteArray("11e60398");
    QTest::newRow("sum-8") << QByteArray("\xff\x02\x10") << QByteArray("11");
    QTest::newRow("xor-8") << QByteArray("\xff\x02\x10") << QByteArray("ed");
    QTest::newRow("internet") << QByteArray::fromHex("0001f203f4f5f6f7") << QByteArray("220d");
    QTest::newRow("md5") << QByteArray() << QByteArray("d41d8cd98f00b204e9800998ecf8427e");
    QTest::newRow("sha-1") << QByteArray("abc") << QByteArray("a9993e364706816aba3e25717850c26c9cd0d89d");
    QTest::newRow("SHA-256") << QByteArray("abc")
                             << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

void TestChecksum::named()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, expected);
    const ChecksumAlgorithm* algorithm = checksumNamed(QTest::currentDataTag());
    QVERIFY(algorithm != nullptr);
    const QByteArray result = checksum(*algorithm, input);
    QCOMPARE(result.toHex(), expected);
    QCOMPARE(checksumSize(*algorithm), static_cast<int>(result.size()));
    if (isNumeric(*algorithm)) {
        QCOMPARE(checksumNumber(*algorithm, input), expected.toULongLong(nullptr, 16));
    }
}

/// Long inputs go through a table, short ones bit by bit: a polynomial's remainder can be had in either way.
void TestChecksum::longInputs()
{
    const QByteArray input = QByteArray("123456789").repeated(50);
    for (const CrcParameters& parameters : crcCatalogue()) {
        CrcParameters rest = parameters;
        // The register after the first part is where the second part begins.
        rest.finalXor = 0;
        rest.reflectedOut = false;
        CrcParameters first = rest;
        quint64 state = parameters.initial;
        for (qsizetype at = 0; at < input.size(); at += 30) {
            first.initial = state;
            state = crc(first, QByteArrayView(input).sliced(at, 30));
        }
        QCOMPARE(QString::number(crc(rest, input), 16), QString::number(state, 16));
    }
}

void TestChecksum::unknownNames()
{
    QVERIFY(checksumNamed("crc-32") == nullptr);
    QVERIFY(checksumNamed("") == nullptr);
}

SOCKEYE_TEST(TestChecksum)
#include "tst_checksum.moc"
