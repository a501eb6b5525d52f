// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_text.h"

#include "app/threads/background_threads.h"
#include "protocol/composer/typed_text.h"
#include "protocol/content/text_codec.h"
#include "protocol/content/views/content_view.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/text/utf8.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_text_edit.h"
#include "ui/text/byte_count_text.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPromise>
#include <QTextBlock>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

using LineEnd = RequestDraft::LineEnd;

namespace {

constexpr qsizetype maxEditable = 64 * 1024; ///< bytes
constexpr qint64 maxFile = 64 * 1024 * 1024;

/// Those that are asked for most; any other can be typed.
QStringList offeredChecksums()
{
    return { QStringLiteral("crc-16/modbus:little"), QStringLiteral("crc-16/xmodem"), QStringLiteral("crc-16/ibm-3740"),
        QStringLiteral("crc-32/iso-hdlc"), QStringLiteral("crc-32/iscsi"), QStringLiteral("crc-8/smbus"),
        QStringLiteral("sum-8"), QStringLiteral("xor-8"), QStringLiteral("internet"), QStringLiteral("adler-32"),
        QStringLiteral("md5"), QStringLiteral("sha-1"), QStringLiteral("sha-256") };
}

QString endText(LineEnd end)
{
    return end == LineEnd::CrLf ? QStringLiteral("\r\n") : end == LineEnd::Lf ? QStringLiteral("\n") : QString();
}

/// A text so that escapes make it of itself again.
QString withEscapes(const QString& text)
{
    QString out;
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        if (code == u'\\') {
            out += QStringLiteral("\\\\");
        } else if (code == u'\r') {
            out += QStringLiteral("\\r");
        } else if (code < 0x20 && code != u'\n' && code != u'\t') {
            out += QString(u"\\u" + QString::number(code, 16).rightJustified(4, u'0'));
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace

ComposerText::ComposerText(ComposerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_edit(new ComposerTextEdit(this))
    , m_escapes(new QCheckBox(tr("Escapes"), this))
    , m_macros(new QCheckBox(tr("Macros"), this))
    , m_encoding(new QComboBox(this))
    , m_lineEnd(new QComboBox(this))
    , m_checksum(new QComboBox(this))
    , m_file(new QToolButton(this))
    , m_note(new QLabel(this))
{
    m_edit->setAccessibleName(tr("Text"));
    m_edit->setPlaceholderText(tr("What is to be sent, in any number of lines"));
    m_escapes->setToolTip(tr("\\r \\n \\t \\0 \\xNN (a byte) \\uNNNN (a character) \\\\ mean what they say."));
    m_macros->setToolTip(tr("Made anew each time that it is sent: {{time}} {{time ms}} {{uuid}} {{counter}} "
                            "{{counter 100}} {{random 8}}"));
    m_encoding->setAccessibleName(tr("Text encoding"));
    m_encoding->setToolTip(tr("Of the text here, and of all text that this page shows."));
    m_encoding->addItems(viewEncodings());
    m_lineEnd->setAccessibleName(tr("Line ends"));
    m_lineEnd->setToolTip(tr("What ends each line of the text."));
    m_lineEnd->addItem(tr("no line end"), static_cast<int>(LineEnd::None));
    m_lineEnd->addItem(tr("LF (\\n)"), static_cast<int>(LineEnd::Lf));
    m_lineEnd->addItem(tr("CR LF (\\r\\n)"), static_cast<int>(LineEnd::CrLf));
    m_checksum->setAccessibleName(tr("Checksum"));
    m_checksum->setEditable(true);
    m_checksum->setInsertPolicy(QComboBox::NoInsert);
    m_checksum->addItem(QString());
    m_checksum->addItems(offeredChecksums());
    m_checksum->lineEdit()->setPlaceholderText(tr("no checksum"));
    m_checksum->lineEdit()->setAccessibleName(tr("Checksum"));
    m_checksum->setToolTip(
        tr("Appended to all that is sent. Any name of the CRC catalogue; “:little” behind it has the "
           "least significant byte first."));
    m_file->setText(tr("File…"));
    m_file->setAccessibleName(tr("Content of a file"));
    m_file->setToolTip(tr("Sends what a file holds, as it is."));
    m_file->setFocusPolicy(Qt::StrongFocus);
    m_note->setWordWrap(true);
    for (QComboBox* const box : { m_encoding, m_lineEnd, m_checksum }) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(4); // they grow with the room
    }

    auto* const first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_escapes);
    first->addWidget(m_macros);
    first->addStretch(1);
    first->addWidget(m_file);
    auto* const second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_encoding, 1);
    second->addWidget(m_lineEnd, 1);
    second->addWidget(m_checksum, 1);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    column->addWidget(m_edit, 1);
    column->addWidget(m_note);
    column->addLayout(first);
    column->addLayout(second);
    setFocusProxy(m_edit);

    connect(m_edit, &ComposerTextEdit::edited, this, &ComposerText::edit);
    connect(m_escapes, &QCheckBox::toggled, this, &ComposerText::edit);
    connect(m_macros, &QCheckBox::toggled, this, &ComposerText::edit);
    connect(m_checksum, &QComboBox::currentTextChanged, this, &ComposerText::edit);
    connect(m_lineEnd, &QComboBox::currentIndexChanged, this, &ComposerText::edit);
    connect(m_encoding, &QComboBox::activated, this,
        [this] { Q_EMIT encodingChosen(m_encoding->currentText().toLatin1()); });
    connect(m_file, &QToolButton::clicked, this, &ComposerText::chooseFile);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ComposerText::takeFile);
    connect(&m_model, &ComposerModel::changed, this, &ComposerText::show);
    connect(&Theme::instance(), &Theme::changed, this, [this] { underline(std::nullopt); });
    show(nullptr);
}

ComposerText::~ComposerText()
{
    m_watcher.cancel();
}

QByteArray ComposerText::encoding() const
{
    const QByteArray named = textEncoding(*m_model.protocol());
    return named.isEmpty() ? QByteArray("UTF-8") : named;
}

void ComposerText::show(const QObject* source)
{
    if (m_showing || m_model.draft().shape() != RequestDraft::Shape::Plain) {
        return;
    }
    const QByteArray present = encoding();
    if (const int index = m_encoding->findText(QString::fromLatin1(present)); index >= 0) {
        m_encoding->setCurrentIndex(index);
    } else {
        m_encoding->addItem(QString::fromLatin1(present));
        m_encoding->setCurrentIndex(m_encoding->count() - 1);
    }
    const bool isOther = std::exchange(m_shownEncoding, present) != present;
    if (source == this) {
        return;
    }
    if (isOther && !m_edit->toPlainText().isEmpty()) {
        edit(); // the text stays, its bytes are other ones
    } else {
        showBytes();
    }
}

/// What another view made of them; their checksum is bytes like all others then.
void ComposerText::showBytes()
{
    m_showing = true;
    const RequestDraft& draft = m_model.draft();
    m_lineEnd->setCurrentIndex(m_lineEnd->findData(static_cast<int>(draft.lineEnd())));
    QByteArray bytes = draft.bytes();
    const QByteArray end = encodedText(encoding(), endText(draft.lineEnd()).toUtf8()).value_or(QByteArray());
    const bool endsSo = !end.isEmpty() && bytes.endsWith(end);
    if (endsSo) {
        bytes.chop(end.size());
    } else if (!bytes.isEmpty()) {
        m_lineEnd->setCurrentIndex(m_lineEnd->findData(static_cast<int>(LineEnd::None)));
    }
    const bool isLarge = bytes.size() > maxEditable;
    const auto utf8 = isLarge ? std::nullopt : decodedText(encoding(), bytes);
    const bool isText = utf8 && encodedText(encoding(), *utf8) == bytes;
    m_edit->setReadOnly(isLarge);
    const QString text = isText ? textFromUtf8(*utf8) : QString();
    m_edit->showText(m_escapes->isChecked() ? withEscapes(text) : text);
    m_checksum->setCurrentIndex(0);
    underline(std::nullopt);
    say(isLarge      ? tr("%1: too many to edit here; they can be sent.").arg(byteCountText(bytes.size()))
            : isText ? QString()
                     : tr("These bytes are no text in %1. What is written here takes their place.")
                           .arg(QString::fromLatin1(encoding())),
        false);
    m_showing = false;
}

QString ComposerText::typed() const
{
    QString text = m_edit->toPlainText();
    const auto end = static_cast<LineEnd>(m_lineEnd->currentData().toInt());
    if (end == LineEnd::CrLf) {
        text.replace(QStringLiteral("\n"), QStringLiteral("\r\n"));
    }
    return text + endText(end);
}

void ComposerText::edit()
{
    if (m_showing || m_model.draft().shape() != RequestDraft::Shape::Plain || m_edit->isReadOnly()) {
        return;
    }
    AppendedChecksum checksum;
    if (const QString name = m_checksum->currentText().trimmed(); !name.isEmpty()) {
        const auto found = appendedChecksum(name);
        if (!found) {
            say(found.error(), true);
            m_model.setObstacle(tr("Checksum: %1").arg(found.error()));
            return;
        }
        checksum = *found;
    }
    const auto typed = TypedText::read(this->typed(), { m_escapes->isChecked(), m_macros->isChecked(), encoding() });
    if (!typed) {
        // Places count line ends as they go out; here each is one.
        filter::Mistake mistake = typed.error();
        if (m_lineEnd->currentData().toInt() == static_cast<int>(LineEnd::CrLf)) {
            mistake.at -= this->typed().left(mistake.at).count(u'\r');
        }
        underline(mistake);
        say(tr("%1 Nothing is sent until then.").arg(mistake.text), true);
        m_model.setObstacle(tr("Text: %1").arg(mistake.text));
        return;
    }
    underline(std::nullopt);
    const auto make = [text = *typed, checksum](const MacroMoment& moment) {
        const QByteArray bytes = text.bytes(moment);
        return QByteArray(bytes + checksum.of(bytes));
    };
    m_model.edit(this, [&](RequestDraft& draft) { draft.setBytes(make({})); });
    if (typed->hasMacros()) {
        m_model.setMaker(make);
    }
    m_model.setTyped({ this->typed(), m_escapes->isChecked(), m_macros->isChecked(), checksum.name() });
    say(typed->hasMacros() ? tr("Macros are made anew each time that it is sent: the bytes beside are an example.")
                           : QString(),
        false);
}

void ComposerText::say(const QString& text, bool isError)
{
    QPalette palette = this->palette();
    if (isError) {
        palette.setColor(QPalette::WindowText, Theme::instance().error());
    }
    m_note->setPalette(palette);
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void ComposerText::underline(const std::optional<filter::Mistake>& mistake)
{
    QList<QTextEdit::ExtraSelection> selections;
    if (mistake) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(m_edit->document());
        const int last = m_edit->document()->characterCount() - 1;
        selection.cursor.setPosition(qBound(0, static_cast<int>(mistake->at), last));
        selection.cursor.setPosition(
            qBound(0, static_cast<int>(mistake->at + qMax<qsizetype>(1, mistake->length)), last),
            QTextCursor::KeepAnchor);
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(Theme::instance().error());
        selections.append(selection);
    }
    m_edit->setExtraSelections(selections);
}

void ComposerText::chooseFile()
{
    auto* const dialog = new QFileDialog(this, tr("Content of a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ComposerText::readFile);
    dialog->open();
}

void ComposerText::readFile(const QString& name)
{
    const auto promise = std::make_shared<QPromise<FileContent>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    say(tr("Reading %1…").arg(name), false);
    backgroundThreads().start([promise, name] {
        QFile file(name);
        FileContent content;
        if (!file.open(QIODevice::ReadOnly)) {
            content.problem = tr("%1 cannot be read: %2.").arg(name, file.errorString());
        } else {
            content.bytes = file.read(maxFile + 1);
            if (content.bytes.size() > maxFile) {
                content = { {}, tr("%1 has more than %2.").arg(name, byteCountText(maxFile)) };
            }
        }
        promise->addResult(std::move(content));
        promise->finish();
    });
}

void ComposerText::takeFile()
{
    QFuture<FileContent> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    const FileContent content = future.takeResult();
    if (!content.problem.isEmpty()) {
        say(content.problem, true);
        return;
    }
    m_model.edit(nullptr, [&](RequestDraft& draft) { draft.setBytes(content.bytes); });
}

void ComposerText::showTyped(const ComposerModel::Typed& typed)
{
    m_showing = true;
    m_escapes->setChecked(typed.escapes);
    m_macros->setChecked(typed.macros);
    m_checksum->setCurrentText(typed.checksum);
    m_checksum->lineEdit()->setCursorPosition(0);
    const bool isCrLf = typed.text.endsWith(u"\r\n");
    const bool isLf = !isCrLf && typed.text.endsWith(u'\n');
    m_lineEnd->setCurrentIndex(m_lineEnd->findData(static_cast<int>(isCrLf ? LineEnd::CrLf
            : isLf                                                         ? LineEnd::Lf
                                                                           : LineEnd::None)));
    m_edit->showText(typed.text.chopped(isCrLf ? 2 : isLf ? 1 : 0).left(maxEditable));
    m_showing = false;
    edit();
}

QJsonObject ComposerText::saveState() const
{
    return {
        { QStringLiteral("escapes"), m_escapes->isChecked() },
        { QStringLiteral("macros"), m_macros->isChecked() },
        { QStringLiteral("checksum"), m_checksum->currentText() },
        { QStringLiteral("lineEnd"), m_lineEnd->currentIndex() },
        { QStringLiteral("text"), m_edit->toPlainText().left(maxEditable) },
    };
}

void ComposerText::restore(const QJsonObject& state)
{
    m_showing = true;
    m_escapes->setChecked(state.value(u"escapes").toBool());
    m_macros->setChecked(state.value(u"macros").toBool());
    const bool isTyped =
        m_escapes->isChecked() || m_macros->isChecked() || !state.value(u"checksum").toString().isEmpty();
    m_showing = false;
    if (!isTyped) {
        return; // the bytes say it all
    }
    m_showing = true;
    m_checksum->setCurrentText(state.value(u"checksum").toString());
    m_checksum->lineEdit()->setCursorPosition(0);
    m_lineEnd->setCurrentIndex(qBound(0, state.value(u"lineEnd").toInt(), m_lineEnd->count() - 1));
    m_edit->showText(state.value(u"text").toString().left(maxEditable));
    m_showing = false;
    edit();
}

} // namespace sockeye
