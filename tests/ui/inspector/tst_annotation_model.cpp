// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/inspector/inspected_fixtures.h"
#include "ui/hexview/field_tints.h"
#include "ui/inspector/annotation_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace sockeye;

class TestAnnotationModel : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void isSound_data();
    void isSound();
    void showsNoPunctuation();
    void everyByteHasARow_data();
    void everyByteHasARow();
    void tintsCoverEachByte_data();
    void tintsCoverEachByte();
    void fieldHoldingARange();
};

namespace {

void addMessages()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const GoldenMessage& golden : goldenMessages()) {
        QTest::newRow(golden.name.constData()) << golden.bytes;
    }
    const QByteArray request = goldenRequest();
    QTest::newRow("cut in the fixed header") << request.left(1);
    QTest::newRow("cut in the JSON header") << request.left(50);
    QTest::newRow("cut in the content") << request.left(120);
    QTest::newRow("header length 0") << QByteArray(2, '\0');
    QTest::newRow("no JSON") << QByteArray("\x00\x04nope", 6);
    QTest::newRow("garbage") << QByteArray("\xff\xff\xff\xff GET / HTTP/1.1\r\n");
    QTest::newRow("content is no JSON") << QByteArray(request).replace("\"action\"", "'action'");
}

template <typename Visit> void visitAll(const QAbstractItemModel& model, const QModelIndex& parent, const Visit& visit)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        visit(index);
        visitAll(model, index, visit);
    }
}

} // namespace

void TestAnnotationModel::isSound_data()
{
    addMessages();
}

void TestAnnotationModel::isSound()
{
    QFETCH(const QByteArray, bytes);
    AnnotationModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const ProtocolPtr& protocol : { appProtocol(), rawProtocol(), linesProtocol() }) {
        model.setMessage(inspected(bytes, {}, protocol));
        QVERIFY(model.rowCount() > 0);
        visitAll(model, {}, [](const QModelIndex& index) {
            QVERIFY(!index.data().toString().isEmpty());
            QVERIFY(!index.data(Qt::ToolTipRole).toString().isEmpty());
        });
    }
    model.setMessage(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestAnnotationModel::showsNoPunctuation()
{
    const InspectedMessagePtr message = inspected(goldenRequest());
    AnnotationModel model;
    model.setMessage(message);
    QStringList members;
    visitAll(model, {}, [&](const QModelIndex& index) {
        const FieldKind kind =
            message->annotation.fields()[static_cast<std::size_t>(FlatTreeModel::nodeOf(index))].kind;
        QVERIFY(kind != FieldKind::Punctuation && kind != FieldKind::Object);
        if (kind == FieldKind::Member) {
            members.append(index.data().toString());
        }
    });
    const QStringList expected { QStringLiteral("byteorder"), QStringLiteral("content-type"),
        QStringLiteral("content-encoding"), QStringLiteral("content-length"), QStringLiteral("action"),
        QStringLiteral("value") };
    QCOMPARE(members, expected);
    QCOMPARE(model.rowCount(), 3); // fixed header, JSON header, content
}

void TestAnnotationModel::everyByteHasARow_data()
{
    addMessages();
}

void TestAnnotationModel::everyByteHasARow()
{
    QFETCH(const QByteArray, bytes);
    const InspectedMessagePtr message = inspected(bytes);
    AnnotationModel model;
    model.setMessage(message);
    for (qint64 at = 0; at < bytes.size(); ++at) {
        const QModelIndex index = model.nearestIndex(message->annotation.leafAt(at));
        // Bytes between the parts of the top level (there are none in a good message) may belong to no row.
        if (index.isValid()) {
            const Field& field = message->annotation.fields()[static_cast<std::size_t>(FlatTreeModel::nodeOf(index))];
            QVERIFY(field.offset <= at && at < field.offset + field.size);
        } else {
            QFAIL(qPrintable(QStringLiteral("no row for byte %1").arg(at)));
        }
    }
}

void TestAnnotationModel::tintsCoverEachByte_data()
{
    addMessages();
}

void TestAnnotationModel::tintsCoverEachByte()
{
    QFETCH(const QByteArray, bytes);
    const InspectedMessagePtr message = inspected(bytes);
    qint64 at = 0;
    for (const TintRun& run : tintRuns(message->annotation, 0, bytes.size())) {
        QCOMPARE(run.offset, at);
        at = run.offset + run.size;
    }
    QCOMPARE(at, bytes.size());
    // A page in the middle gets the leaves that touch it, no others.
    for (const TintRun& run : tintRuns(message->annotation, bytes.size() / 2, bytes.size() / 2 + 1)) {
        QVERIFY(run.offset <= bytes.size() / 2 && run.offset + run.size > bytes.size() / 2);
    }
}

void TestAnnotationModel::fieldHoldingARange()
{
    const InspectedMessagePtr message = inspected(goldenRequest());
    const Annotation& annotation = message->annotation;
    QCOMPARE(fieldHolding(annotation, 0, 2), annotation.leafAt(0));
    QCOMPARE(fieldHolding(annotation, 0, 3), 0); // into the next part: only the root holds both
    const int member = fieldNamed(*message, QStringLiteral("content-length"));
    const Field& range = annotation.fields()[static_cast<std::size_t>(member)];
    QCOMPARE(fieldHolding(annotation, range.offset, range.size), member);
    const QString path = QStringLiteral("JSON header › content-length = 41");
    QCOMPARE(fieldPathText(annotation, member), path);
    QCOMPARE(fieldPathText(annotation, annotation.leafAt(range.offset)), path); // its key
    QCOMPARE(fieldPathText(annotation, annotation.leafAt(range.offset + range.size - 1)), path); // its value
    QCOMPARE(fieldPathText(annotation, 0), QStringLiteral("message = 146 bytes"));
    QCOMPARE(fieldPathText(annotation, -1), QString());
}

SOCKEYE_TEST(TestAnnotationModel)
#include "tst_annotation_model.moc"
