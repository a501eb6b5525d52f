// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "shipped_help.h"
#include "tests/testcase.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cmath>
#include <limits>

using namespace sockeye;
using namespace sockeye::kaitai;

/// The descriptions that come along, read by us and by the language's official reader: the same tree, or the same place
/// of failure, for real messages that were damaged. SOCKEYE_OFFICIAL_MESSAGES says how many of each (else 200). Its
/// compiler and runtime come from npm; where that is missing or cannot be reached, this is skipped.
class TestOfficialReader : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void same_data();
    void same();
    void cleanupTestCase();

private:
    [[nodiscard]] QByteArray install(const QString& npm) const;

    QString m_modules; ///< a folder of this build
    QProcess m_reader; ///< one for all: its compiler takes long to start
};

namespace {

QString camelCase(const QByteArray& id)
{
    QString out;
    bool isUpper = false;
    for (const char c : id) {
        out += isUpper ? QChar::fromLatin1(c).toUpper() : QChar::fromLatin1(c);
        isUpper = c == '_';
        if (isUpper) {
            out.chop(1);
        }
    }
    return out;
}

QString camelPath(const QByteArray& path)
{
    QStringList parts;
    for (const QByteArray& part : path.split('.')) {
        parts.append(camelCase(part));
    }
    return parts.join(u'.');
}

/// Compares a tree with what the other one read. An empty text if they are the same.
class TreeComparison {
public:
    explicit TreeComparison(const Tree& tree)
        : m_tree(tree)
    {
    }

    [[nodiscard]] QString difference(int place, const QJsonValue& theirs) const
    {
        const TreeItem& item = m_tree.items[static_cast<std::size_t>(place)];
        switch (item.kind) {
        case TreeItem::Kind::Struct:
            return theirs.isObject() ? ofStruct(place, theirs.toObject()) : kinds(place, theirs);
        case TreeItem::Kind::Array:
            return theirs.isArray() ? ofArray(place, theirs.toArray()) : kinds(place, theirs);
        case TreeItem::Kind::Boolean:
            return same(place, theirs, theirs.isBool() && theirs.toBool() == item.boolean);
        case TreeItem::Kind::Integer: {
            const double ours = item.isNegative ? static_cast<double>(static_cast<qint64>(item.integer))
                                                : static_cast<double>(item.integer);
            return same(place, theirs, theirs.isDouble() && theirs.toDouble() == ours);
        }
        case TreeItem::Kind::Float:
            return same(place, theirs,
                std::isfinite(item.number()) ? theirs.isDouble() && theirs.toDouble() == item.number()
                                             : theirs.toString().startsWith(u"number:"));
        case TreeItem::Kind::Text:
            // What is no ASCII is windows-1252 to JavaScript.
            if (item.text.contains(QByteArrayView("\xef\xbf\xbd")) && theirs.isString()) {
                return {};
            }
            return same(place, theirs, theirs.toString() == QStringLiteral("text:") + QString::fromUtf8(item.text));
        case TreeItem::Kind::Bytes:
            return same(place, theirs,
                theirs.toString() == QStringLiteral("hex:") + QString::fromLatin1(item.text.toByteArray().toHex()));
        }
        return {};
    }

private:
    [[nodiscard]] QString pathText(int place) const { return QString::fromUtf8(m_tree.pathOf(place)); }

    [[nodiscard]] QString same(int place, const QJsonValue& theirs, bool isSame) const
    {
        return isSame
            ? QString()
            : QStringLiteral("%1: we read %2, they %3")
                  .arg(pathText(place), QString::fromUtf8(scalarText(m_tree.items[static_cast<std::size_t>(place)])),
                      QString::fromUtf8(QJsonDocument(QJsonArray { theirs }).toJson(QJsonDocument::Compact)));
    }

    [[nodiscard]] QString kinds(int place, const QJsonValue& theirs) const
    {
        return QStringLiteral("%1: they have another kind of value, %2").arg(pathText(place), theirs.toString());
    }

    [[nodiscard]] QString ofStruct(int place, QJsonObject theirs) const
    {
        const int end = m_tree.items[static_cast<std::size_t>(place)].end;
        for (int child = place + 1; child < end; child = m_tree.items[static_cast<std::size_t>(child)].end) {
            const QString id = camelCase(m_tree.items[static_cast<std::size_t>(child)].id());
            if (!theirs.contains(id)) {
                return QStringLiteral("%1: they have none").arg(pathText(child));
            }
            const QString found = difference(child, theirs.take(id));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return theirs.isEmpty()
            ? QString()
            : QStringLiteral("%1: only they have %2").arg(pathText(place), theirs.keys().join(u", "));
    }

    [[nodiscard]] QString ofArray(int place, const QJsonArray& theirs) const
    {
        const int end = m_tree.items[static_cast<std::size_t>(place)].end;
        qsizetype count = 0;
        for (int child = place + 1; child < end; child = m_tree.items[static_cast<std::size_t>(child)].end) {
            const QString found = count < theirs.size() ? difference(child, theirs[count]) : QString();
            if (!found.isEmpty()) {
                return found;
            }
            ++count;
        }
        return count == theirs.size()
            ? QString()
            : QStringLiteral("%1: we have %2 elements, they %3")
                  .arg(pathText(place), QString::number(count), QString::number(theirs.size()));
    }

    const Tree& m_tree;
};

/// JavaScript's reader takes a size modulo 2^32, and reads nothing where 2^64 - 1 bytes should come.
bool isOfSizesBeyondJavaScript(const TreeFault& ours)
{
    static const QRegularExpression wanted(QStringLiteral("there are \\d+ of (\\d+) bytes"));
    return wanted.match(ours.text).captured(1).toLongLong() > std::numeric_limits<qint32>::max();
}

QString differenceOf(const Tree& ours, const QJsonObject& theirs)
{
    const bool theyFailed = theirs.contains(QStringLiteral("error"));
    const QString theirError = theirs[QStringLiteral("error")].toString();
    if (ours.isComplete == theyFailed) {
        if (!theyFailed && isOfSizesBeyondJavaScript(ours.faults.front())) {
            return {};
        }
        return theyFailed ? QStringLiteral("only they fail: ") + theirError
                          : QStringLiteral("only we fail: ") + describe(ours.faults.front());
    }
    if (theyFailed) {
        const QString place = camelPath(ours.faults.front().path);
        const QString theirPlace = theirs[QStringLiteral("place")].toString();
        // They do not tell which instance a condition or a size asked for.
        const QString rest = place.mid(theirPlace.size());
        const bool isSame =
            place.startsWith(theirPlace) && (rest.isEmpty() || theirPlace.isEmpty() || rest.startsWith(u'.'));
        return isSame ? QString()
                      : QStringLiteral("they fail at %1 (%2), we say %3")
                            .arg(theirPlace, theirError, describe(ours.faults.front()));
    }
    if (ours.size != theirs[QStringLiteral("size")].toInteger()) {
        return QStringLiteral("we read %1 bytes, they %2")
            .arg(QString::number(ours.size), QString::number(theirs[QStringLiteral("size")].toInteger()));
    }
    return TreeComparison(ours).difference(0, theirs[QStringLiteral("tree")]);
}

} // namespace

void TestOfficialReader::initTestCase()
{
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    const QString npm = QStandardPaths::findExecutable(QStringLiteral("npm"));
    m_modules = QDir::cleanPath(qEnvironmentVariable("SOCKEYE_BIN") + QStringLiteral("/../tests/official"));
    if (node.isEmpty() || npm.isEmpty()) {
        QSKIP("There is no node or no npm on this machine, which run the official reader.");
    }
    if (const QByteArray why = install(npm); !why.isEmpty()) {
        QSKIP(why.constData());
    }
    m_reader.start(node,
        { qEnvironmentVariable("SOCKEYE_PEERS") + QStringLiteral("/official_reader.js"), m_modules,
            shippedPath(QStringLiteral("resources/protocols")) });
    QVERIFY(m_reader.waitForStarted(-1));
}
/// Why the reader cannot be had; nothing if it is there.
QByteArray TestOfficialReader::install(const QString& npm) const
{
    QFile done(m_modules + QStringLiteral("/installed"));
    if (done.exists()) {
        return {};
    }
    if (!QDir().mkpath(m_modules)) {
        return "There is no room for the official reader.";
    }
    QProcess install;
    install.setWorkingDirectory(m_modules);
    install.setProcessChannelMode(QProcess::MergedChannels);
    install.start(npm,
        { QStringLiteral("install"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund"),
            QStringLiteral("--prefix"), QStringLiteral("."), QStringLiteral("kaitai-struct-compiler@0.11.0"),
            QStringLiteral("kaitai-struct@0.11.0"), QStringLiteral("js-yaml@4.1.0") });
    constexpr int patience = 60'000; // ms
    if (!install.waitForFinished(patience) || install.exitCode() != 0) {
        return "npm could not fetch the official reader: " + install.readAll().left(300);
    }
    return done.open(QIODevice::WriteOnly) ? QByteArray() : QByteArray("There is no room for the official reader.");
}

void TestOfficialReader::cleanupTestCase()
{
    m_reader.closeWriteChannel();
    QVERIFY(m_reader.state() == QProcess::NotRunning || m_reader.waitForFinished(-1));
}

void TestOfficialReader::same_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<Sender>("sender");
    const QDir folder(shippedPath(QStringLiteral("resources/protocols")));
    for (const QString& file : folder.entryList({ QStringLiteral("*.ksy") })) {
        const QString name = file.chopped(4);
        const auto description = shipped(name);
        if (!description) {
            continue; // tst_kaitai_shipped says so
        }
        QTest::newRow(qPrintable(name)) << name << QStringLiteral("-") << Sender::Either;
        for (const Sender sender : { Sender::Client, Sender::Server }) {
            const QByteArray type = description->hasSenderTypes() ? description->shape(sender).types.front().name : "";
            if (!type.isEmpty()) {
                QTest::newRow(qPrintable(name + u'.' + QString::fromUtf8(type)))
                    << name << QString::fromUtf8(type) << sender;
            }
        }
    }
}

void TestOfficialReader::same()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(Sender, sender);
    const auto description = shipped(name);
    const std::vector<QByteArray> golden = goldenMessages(name);
    QVERIFY(description && !golden.empty());
    bool isSet = false;
    const int wanted = qEnvironmentVariableIntValue("SOCKEYE_OFFICIAL_MESSAGES", &isSet);
    constexpr int usual = 200;
    const auto count = static_cast<std::size_t>(isSet ? wanted : usual);
    std::mt19937 random(64); // NOLINT(cert-msc51-cpp): the same each time
    std::vector<QByteArray> messages = golden;
    while (messages.size() < golden.size() + count) {
        messages.push_back(damagedCopy(golden[random() % golden.size()], random));
    }
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("messages")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const QByteArray& message : messages) {
        file.write(message.toHex() + '\n');
    }
    file.close();
    m_reader.write((name + u'\t' + type + u'\t' + file.fileName() + u'\n').toUtf8());
    QByteArray output;
    while (!output.endsWith("\n\n") && m_reader.waitForReadyRead(-1)) {
        output += m_reader.readAllStandardOutput();
    }
    const QList<QByteArray> lines = output.split('\n');
    QVERIFY2(lines.size() == static_cast<qsizetype>(messages.size()) + 2, m_reader.readAllStandardError().constData());
    int differences = 0;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Tree tree = description->decode(messages[i], {}, sender);
        const QString found = differenceOf(tree, QJsonDocument::fromJson(lines[static_cast<qsizetype>(i)]).object());
        if (!found.isEmpty() && ++differences <= 10) {
            qInfo("%s: %s", messages[i].toHex().constData(), qPrintable(found));
        }
    }
    QCOMPARE(differences, 0);
}

SOCKEYE_TEST(TestOfficialReader)
#include "tst_official_reader.moc"
