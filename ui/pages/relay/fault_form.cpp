// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/fault_form.h"

#include "ui/pages/relay/fault_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

constexpr int fieldsInARow = 2;
constexpr int fewestDigits = 5;
constexpr int mostDigits = 16;
constexpr int fractionDigits = 4; ///< with their point
constexpr int fewestOfText = 24; ///< characters
constexpr int mostOfText = 96; ///< on a wide screen nobody looks for the end of a line
constexpr int fieldPadding = 16;

QString numberText(double number)
{
    return QString::number(number, 'g', 15);
}

/// Of the longest number that stands in the field.
int digitsOf(const FaultKey& key)
{
    qsizetype digits = fewestDigits;
    for (const double each : { key.least, key.most, key.preset }) {
        digits = std::max(digits, QString::number(each, 'f', 0).size() + (key.isWhole ? 0 : fractionDigits));
    }
    return static_cast<int>(std::min<qsizetype>(digits, mostDigits));
}

} // namespace

FaultForm::FaultForm(QWidget* parent)
    : QWidget(parent)
    , m_sentence(new QLabel(this))
    , m_problem(new QLabel(this))
{
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setAccessibleName(tr("What the fault does"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setAccessibleName(tr("What is wrong with the fault"));
    m_problem->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_sentence);
    layout->addWidget(m_problem);
    const auto applyTheme = [this] {
        setTextColour(*m_sentence, Theme::instance().muted());
        setTextColour(*m_problem, Theme::instance().error());
    };
    connect(&Theme::instance(), &Theme::changed, this, applyTheme);
    applyTheme();
}

void FaultForm::setTransport(Transport transport)
{
    m_transport = transport;
    showProblem(m_fault.kind.isEmpty() ? QString() : checkFault(m_fault, m_transport));
}

void FaultForm::addField(const QString& label, QWidget* field, const QString& unit)
{
    const int row = m_places / fieldsInARow;
    const int column = m_places % fieldsInARow * 2;
    ++m_places;
    addLabel(label, field, row, column);
    // The unit stands at its field, however wide the others of the column are.
    auto* both = new QHBoxLayout;
    both->setSpacing(8);
    both->addWidget(field, unit.isEmpty() ? 1 : 0);
    both->addWidget(new QLabel(unit, m_fields), unit.isEmpty() ? 0 : 1);
    m_grid->addLayout(both, row, column + 1);
}

/// In a row of its own, where a filter or a path can be read.
void FaultForm::addWide(const QString& label, QWidget* field)
{
    const int row = (m_places + fieldsInARow - 1) / fieldsInARow;
    m_places = (row + 1) * fieldsInARow;
    addLabel(label, field, row, 0);
    m_grid->addWidget(field, row, 1, 1, fieldsInARow * 2);
}

void FaultForm::addLabel(const QString& label, QWidget* field, int row, int column)
{
    auto* name = new QLabel(label, m_fields);
    name->setBuddy(field);
    field->setAccessibleName(label);
    m_grid->addWidget(name, row, column);
}

QLineEdit* FaultForm::newNumber(int characters)
{
    auto* edit = new QLineEdit(m_fields);
    edit->setMaxLength(24);
    connect(edit, &QLineEdit::textChanged, this, &FaultForm::take);
    m_edits.push_back({ edit, m_places % fieldsInARow, characters });
    return edit;
}

QLineEdit* FaultForm::newText()
{
    auto* edit = new QLineEdit(m_fields);
    edit->setFont(Theme::instance().monospace());
    const int character = QFontMetrics(edit->font()).averageCharWidth();
    edit->setMinimumWidth(character * fewestOfText + fieldPadding);
    edit->setMaximumWidth(character * mostOfText + fieldPadding);
    connect(edit, &QLineEdit::textChanged, this, &FaultForm::take);
    return edit;
}

/// Those that stand below each other are as wide as the one that holds most, so that their units are in line, too.
void FaultForm::fitNumbers()
{
    for (const Number& number : m_edits) {
        int characters = 0;
        for (const Number& other : m_edits) {
            characters = std::max(characters, other.place == number.place ? other.characters : 0);
        }
        const QFontMetrics metrics = number.edit->fontMetrics();
        number.edit->setFixedWidth(metrics.horizontalAdvance(u'0') * characters + fieldPadding);
    }
}

void FaultForm::build(const FaultKind& kind)
{
    delete m_fields;
    m_numbers.clear();
    m_edits.clear();
    m_places = 0;
    m_stream = nullptr;
    m_where = nullptr;
    m_fields = new QWidget(this);
    m_grid = new QGridLayout(m_fields);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    for (const FaultKey& key : kind.keys) {
        Field field { &key };
        if (key.unit == FaultKey::Unit::Flag) {
            field.flag = new QCheckBox(m_fields);
            connect(field.flag, &QCheckBox::toggled, this, &FaultForm::take);
            addField(faultKeyText(key), field.flag, {});
        } else if (key.unit == FaultKey::Unit::Word) {
            field.words = new QComboBox(m_fields);
            for (const QLatin1StringView word : key.words) {
                field.words->addItem(word);
            }
            connect(field.words, &QComboBox::currentIndexChanged, this, &FaultForm::take);
            addField(faultKeyText(key), field.words, {});
        } else if (key.unit == FaultKey::Unit::Text) {
            field.text = newText();
            field.text->setPlaceholderText(faultText({}, key)); // what holds where the field is empty
            addWide(faultKeyText(key), field.text);
        } else {
            field.number = newNumber(digitsOf(key));
            // What holds where the field is empty.
            field.number->setPlaceholderText(key.preset >= key.least ? numberText(key.preset) : QString());
            const bool isShare = key.unit == FaultKey::Unit::Share;
            addField(faultKeyText(key), field.number, isShare ? tr("0 to 1") : unitText(key.unit));
        }
        m_numbers.push_back(field);
    }
    if (kind.make != nullptr) {
        m_stream = new QComboBox(m_fields);
        for (const FaultStream stream : { FaultStream::Downstream, FaultStream::Upstream, FaultStream::Both }) {
            m_stream->addItem(faultStreamText(stream), static_cast<int>(stream));
        }
        m_stream->setToolTip(tr("Upstream is from the client to the target, downstream what comes back"));
        connect(m_stream, &QComboBox::currentIndexChanged, this, &FaultForm::take);
        addField(tr("Direction"), m_stream, {});
    }
    m_toxicity = newNumber(fewestDigits + fractionDigits);
    m_toxicity->setToolTip(tr("How likely a connection is struck at all; drawn once for each, and for each direction"));
    addField(tr("Probability"), m_toxicity, tr("0 to 1"));
    if (kind.takesWhere) {
        m_where = newText();
        m_where->setPlaceholderText(tr("all"));
        m_where->setToolTip(tr("A filter: only messages that match are struck, json.action == \"search\"; the "
                               "probability is drawn for each of those then"));
        addWide(tr("Where"), m_where);
    }
    fitNumbers();
    m_grid->setColumnStretch(fieldsInARow * 2, 1);
    qobject_cast<QVBoxLayout*>(layout())->insertWidget(1, m_fields);
}

void FaultForm::showFault(const FaultSettings& fault)
{
    const FaultKind* const kind = findFaultKind(fault.kind);
    if (kind == nullptr) {
        return;
    }
    m_isShowing = true;
    if (m_fields == nullptr || m_fault.kind != fault.kind) {
        build(*kind);
        m_sentence->setText(kind->sentence());
    }
    m_fault = fault;
    for (const Field& field : m_numbers) {
        const QJsonValue value = fault.attributes.value(field.key->name);
        if (field.flag != nullptr) {
            field.flag->setChecked(faultNumber(fault.attributes, *field.key) != 0);
        } else if (field.words != nullptr) {
            field.words->setCurrentIndex(std::max(field.words->findText(value.toString()), 0));
        } else if (field.text != nullptr) {
            field.text->setText(value.toString());
        } else {
            field.number->setText(value.isDouble() ? numberText(value.toDouble()) : QString());
        }
    }
    if (m_stream != nullptr) {
        m_stream->setCurrentIndex(m_stream->findData(static_cast<int>(fault.stream)));
    }
    m_toxicity->setText(numberText(fault.toxicity));
    if (m_where != nullptr) {
        m_where->setText(fault.where);
    }
    m_isShowing = false;
    showProblem(checkFault(fault, m_transport));
}

void FaultForm::take()
{
    if (m_isShowing) {
        return;
    }
    FaultSettings fault = m_fault;
    for (const Field& field : m_numbers) {
        fault.attributes.remove(field.key->name);
        if (field.flag != nullptr) {
            if (field.flag->isChecked() != (field.key->preset != 0)) {
                fault.attributes.insert(field.key->name, field.flag->isChecked());
            }
        } else if (field.words != nullptr) {
            if (field.words->currentIndex() > 0) {
                fault.attributes.insert(field.key->name, field.words->currentText());
            }
        } else if (field.text != nullptr) {
            if (!field.text->text().isEmpty()) {
                fault.attributes.insert(field.key->name, field.text->text());
            }
        } else if (const QString text = field.number->text().trimmed(); !text.isEmpty()) {
            bool ok = false;
            const double number = text.toDouble(&ok);
            fault.attributes.insert(field.key->name, ok ? QJsonValue(number) : QJsonValue(text));
        }
    }
    if (m_stream != nullptr) {
        fault.stream = static_cast<FaultStream>(m_stream->currentData().toInt());
    }
    fault.where = m_where != nullptr ? m_where->text().trimmed() : QString();
    bool ok = true;
    const QString toxicity = m_toxicity->text().trimmed();
    fault.toxicity = toxicity.isEmpty() ? 1 : toxicity.toDouble(&ok);
    if (!ok || !(fault.toxicity >= 0 && fault.toxicity <= 1)) {
        showProblem(tr("The probability is a number from 0 to 1, 0.25 for one connection of four."));
        return;
    }
    const QString wrong = checkFault(fault, m_transport);
    showProblem(wrong);
    if (wrong.isEmpty()) {
        m_fault = fault;
        Q_EMIT changed(fault);
    }
}

void FaultForm::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void FaultForm::focusFirst()
{
    if (m_numbers.empty()) {
        return;
    }
    const Field& first = m_numbers.front();
    if (QLineEdit* const edit = first.number != nullptr ? first.number : first.text; edit != nullptr) {
        edit->setFocus();
        edit->selectAll();
    }
}

} // namespace sockeye
