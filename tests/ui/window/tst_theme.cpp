// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFontInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;

class TestTheme : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void tintsLeaveTextReadable_data();
    void tintsLeaveTextReadable();
    void marksLeaveTextReadable();
    void wordsAreReadable_data();
    void wordsAreReadable();
    void knownContrasts();
    void neighboursDiffer();
    void forcingTheModeRecolours();
    void followsTheDesktopUnlessForced();
    void textScales();
    void monospaceIsMonospaced();
    void everyIconDraws();
    void iconsHaveTheColourOfTheText();
    void unknownIconWarns();
    void applicationIconIsDrawnAtEverySize_data();
    void applicationIconIsDrawnAtEverySize();
    void cleanup();
};

/// A widget that asks for its colours as soon as it hears that they may be others.
class Asking : public QWidget {
protected:
    void changeEvent(QEvent* event) override
    {
        setProperty("asked", Theme::instance().muted());
        QWidget::changeEvent(event);
    }
};

/// Widgets may be there before the theme is first asked for.
void TestTheme::initTestCase()
{
    const Asking widget;
    QVERIFY(!Theme::instance().icon(QStringLiteral("server")).isNull());
    QVERIFY(widget.property("asked").isValid());
    QCOMPARE(qApp->findChildren<Theme*>().size(), 1);
}

void TestTheme::cleanup()
{
    Theme::instance().setMode(Theme::Mode::System);
    Theme::instance().setTextScale(100);
    Theme::instance().assumeDesktop(std::nullopt);
}

void TestTheme::tintsLeaveTextReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("index");
    for (const bool dark : { false, true }) {
        for (int kind = 0; kind <= static_cast<int>(FieldKind::Bad); ++kind) {
            for (const int index : { 0, 1 }) {
                QTest::addRow("%s, kind %d, index %d", dark ? "dark" : "light", kind, index) << dark << kind << index;
            }
        }
    }
}

void TestTheme::tintsLeaveTextReadable()
{
    QFETCH(const bool, dark);
    QFETCH(const int, kind);
    QFETCH(const int, index);
    const QColor behind = tint(dark, static_cast<FieldKind>(kind), index);
    const double found = contrast(colours(dark).text, behind);
    QVERIFY2(found >= 4.5, qPrintable(QStringLiteral("%1 : 1").arg(found)));
    QVERIFY(behind != colours(dark).base);
}

void TestTheme::marksLeaveTextReadable()
{
    for (const bool dark : { false, true }) {
        for (const MarkColour colour : markColours) {
            const QColor behind = tint(dark, colour);
            QVERIFY2(contrast(colours(dark).text, behind) >= 4.5, qPrintable(behind.name()));
            QVERIFY(contrast(colours(dark).base, behind) >= 1.1);
        }
    }
}

void TestTheme::wordsAreReadable_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("behind");
    for (const bool dark : { false, true }) {
        const Colours& c = colours(dark);
        const char* mode = dark ? "dark" : "light";
        for (const auto& [name, behind] :
            { std::pair { "base", c.base }, { "alternate base", c.alternateBase }, { "window", c.window } }) {
            QTest::addRow("%s text on %s", mode, name) << c.text << behind;
            QTest::addRow("%s error on %s", mode, name) << c.error << behind;
            QTest::addRow("%s good on %s", mode, name) << c.good << behind;
            QTest::addRow("%s muted on %s", mode, name) << c.muted << behind;
            QTest::addRow("%s accent on %s", mode, name) << c.accent << behind;
        }
        QTest::addRow("%s selected", mode) << c.highlightedText << c.highlight;
        QTest::addRow("%s message line", mode) << c.text << c.notice;
        QTest::addRow("%s button", mode) << c.text << c.button;
    }
}

void TestTheme::wordsAreReadable()
{
    QFETCH(const QColor, text);
    QFETCH(const QColor, behind);
    const double found = contrast(text, behind);
    QVERIFY2(found >= 4.5, qPrintable(QStringLiteral("%1 : 1").arg(found)));
}

void TestTheme::knownContrasts()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    // The grey that WCAG's own examples name as just enough on white.
    QVERIFY(qAbs(contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
}

void TestTheme::neighboursDiffer()
{
    for (const bool dark : { false, true }) {
        QVERIFY(tint(dark, FieldKind::Key, 0) != tint(dark, FieldKind::Key, 1));
        QCOMPARE(tint(dark, FieldKind::Key, 0), tint(dark, FieldKind::Key, 2));
    }
}

void TestTheme::forcingTheModeRecolours()
{
    Theme& theme = Theme::instance();
    theme.setMode(Theme::Mode::Light);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setMode(Theme::Mode::Dark);
    QCOMPARE(changed.count(), 1);
    QVERIFY(theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Base), colours(true).base);
    QCOMPARE(theme.error(), colours(true).error);
    theme.setMode(Theme::Mode::Light);
    QVERIFY(!theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Base), colours(false).base);
}

void TestTheme::followsTheDesktopUnlessForced()
{
    Theme& theme = Theme::instance();
    theme.assumeDesktop(true);
    QVERIFY(theme.isDark());
    theme.setMode(Theme::Mode::Light);
    QVERIFY(!theme.isDark());
    theme.assumeDesktop(false);
    theme.setMode(Theme::Mode::Dark);
    QVERIFY(theme.isDark());
    theme.setMode(Theme::Mode::System);
    QVERIFY(!theme.isDark());
}

void TestTheme::textScales()
{
    Theme& theme = Theme::instance();
    const double normal = QApplication::font().pointSizeF();
    theme.setTextScale(150);
    QCOMPARE(QApplication::font().pointSizeF(), normal * 1.5);
    QCOMPARE(theme.monospace().pointSizeF(), normal * 1.5);
    theme.setTextScale(10'000);
    QCOMPARE(theme.textScale(), 250);
    theme.setTextScale(-5);
    QCOMPARE(theme.textScale(), 70);
    theme.setTextScale(100);
    QCOMPARE(QApplication::font().pointSizeF(), normal);
}

void TestTheme::monospaceIsMonospaced()
{
    const QFontMetricsF metrics(Theme::instance().monospace());
    QCOMPARE(metrics.horizontalAdvance(QStringLiteral("iiii")), metrics.horizontalAdvance(QStringLiteral("W0W0")));
}

void TestTheme::everyIconDraws()
{
    const QStringList files = QDir(QStringLiteral(":/sockeye/icons")).entryList({ QStringLiteral("*.svg") });
    QVERIFY(files.size() > 20);
    for (const QString& file : files) {
        const QString name = file.chopped(4);
        const QIcon icon = Theme::instance().icon(name);
        const QImage image = icon.pixmap(16).toImage();
        bool isEmpty = true;
        for (int y = 0; y < image.height() && isEmpty; ++y) {
            for (int x = 0; x < image.width() && isEmpty; ++x) {
                isEmpty = qAlpha(image.pixel(x, y)) == 0;
            }
        }
        QVERIFY2(!isEmpty, qPrintable(name));
    }
}

void TestTheme::iconsHaveTheColourOfTheText()
{
    Theme& theme = Theme::instance();
    for (const Theme::Mode mode : { Theme::Mode::Light, Theme::Mode::Dark }) {
        theme.setMode(mode);
        const QImage image = theme.icon(QStringLiteral("stop")).pixmap(16).toImage();
        QCOMPARE(image.pixelColor(8, 8), colours(theme.isDark()).text);
    }
}

void TestTheme::unknownIconWarns()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("No icon is named nonsense")));
    QVERIFY(Theme::instance().icon(QStringLiteral("nonsense")).isNull());
}

void TestTheme::applicationIconIsDrawnAtEverySize_data()
{
    QTest::addColumn<int>("size");
    for (const int size : { 16, 24, 32, 48, 64, 128, 256 }) {
        QTest::addRow("%d", size) << size;
    }
}

void TestTheme::applicationIconIsDrawnAtEverySize()
{
    QFETCH(const int, size);
    const QImage image = applicationIcon().pixmap(size).toImage();
    QCOMPARE(image.width(), size);
    QVERIFY(qAlpha(image.pixel(size * 110 / 256, size / 2)) > 200);
    QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
}

SOCKEYE_TEST(TestTheme)
#include "tst_theme.moc"
