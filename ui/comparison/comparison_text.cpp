// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/comparison_text.h"

#include "ui/comparison/comparison_cells.h"
#include "ui/comparison/comparison_fields_model.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qint64 cellsOfLine = 16;
constexpr qint64 offsetDigits = 8;

QString sayInText(const char* text)
{
    return QCoreApplication::translate("sockeye::Comparison", text);
}

QString fieldsText(const Comparison& comparison, bool onlyDifferences)
{
    QString text;
    for (const FieldPair& pair : comparison.fields) {
        if (onlyDifferences && pair.isSame) {
            continue;
        }
        const QString sign = ComparisonFieldsModel::signOf(pair);
        text += sign.isEmpty() ? QStringLiteral(" ") : sign;
        text += u'\t' + pair.path;
        text += u'\t' + (pair.left < 0 ? QString() : comparison.left.value(pair.left));
        text += u'\t' + (pair.right < 0 ? QString() : comparison.right.value(pair.right)) + u'\n';
    }
    return text;
}

/// One side of a line: the offset of its first byte, and two digits or blanks for each cell.
class SideText {
public:
    void add(qint64 offset, uchar byte)
    {
        if (m_offset.isEmpty()) {
            m_offset = QString::number(offset, 16).rightJustified(offsetDigits, u'0');
        }
        m_cells += QString::number(byte, 16).rightJustified(2, u'0') + u' ';
    }
    void addNone() { m_cells += QStringLiteral("   "); }
    [[nodiscard]] QString text() const
    {
        return QString(m_offset.leftJustified(offsetDigits) + u"  " + m_cells.leftJustified(cellsOfLine * 3));
    }

private:
    QString m_offset;
    QString m_cells;
};

/// Empty where nothing differs and only differences are wanted.
QString lineText(const Comparison& comparison, qint64 from, bool onlyDifferences)
{
    SideText left;
    SideText right;
    DifferenceSigns signs;
    const qint64 to = std::min(from + cellsOfLine, comparison.bytes.cells);
    forEachRun(comparison.bytes, from, to, [&](const AlignedRun& run, qint64 first, qint64 count) {
        signs.add(run);
        for (qint64 number = first - run.cell; number < first - run.cell + count; ++number) {
            if (number < run.leftSize) {
                left.add(run.left + number, static_cast<uchar>(comparison.leftBytes[run.left + number]));
            } else {
                left.addNone();
            }
            if (number < run.rightSize) {
                right.add(run.right + number, static_cast<uchar>(comparison.rightBytes[run.right + number]));
            } else {
                right.addNone();
            }
        }
    });
    if (onlyDifferences && !signs.isAny()) {
        return {};
    }
    constexpr qsizetype mostSigns = 3;
    const QString line = left.text() + signs.text().leftJustified(mostSigns) + u' ' + right.text();
    qsizetype size = line.size();
    while (size > 0 && line[size - 1] == u' ') {
        --size;
    }
    return line.first(size) + u'\n';
}

} // namespace

QString comparisonText(const Comparison& comparison, bool onlyDifferences)
{
    QString text = sayInText("Left: %1").arg(comparison.leftName) + u'\n';
    text += sayInText("Right: %1").arg(comparison.rightName) + u'\n';
    text += comparisonSentence(comparison) + u'\n';
    if (const QString fields = fieldsText(comparison, onlyDifferences); !fields.isEmpty()) {
        text += u'\n' + fields;
    }
    QString bytes;
    qint64 lines = 0;
    for (qint64 cell = 0; cell < comparison.bytes.cells; cell += cellsOfLine) {
        const QString line = lineText(comparison, cell, onlyDifferences);
        if (line.isEmpty()) {
            const AlignedRun& run = comparison.bytes.runs[runAt(comparison.bytes, cell)];
            cell = std::max(cell, (run.cell + run.cells()) / cellsOfLine * cellsOfLine - cellsOfLine); // all the same
            continue;
        }
        if (lines == maxComparisonLines) {
            bytes += sayInText("There are more than these %1 lines.").arg(groupedNumber(maxComparisonLines)) + u'\n';
            break;
        }
        bytes += line;
        ++lines;
    }
    return bytes.isEmpty() ? text : QString(text + u'\n' + bytes);
}

} // namespace sockeye
