// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/inspected_message.h"
#include "ui/models/message_ref.h"

#include <QWidget>

#include <optional>

class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace sockeye {

class ContentPanel;
class ElidedLabel;
class ErrorLine;
class ExchangeLine;
class HexView;
class JsonView;
class StructureView;
class TlsFactsView;
class ValueView;
class ViewLink;

/// One message on the screen: what it is, what is wrong with it, Structure over Bytes over JSON and Value, and the path
/// of the field that is pointed at. Shows what it is given; loading is the inspector's.
class MessagePane : public QWidget {
    Q_OBJECT
public:
    explicit MessagePane(QWidget* parent = nullptr);

    /// `sameMessage`: a new version of the one that is shown; the place in it stays.
    void setMessage(const MessageRef& ref, const InspectedMessagePtr& message, bool sameMessage);
    /// A failure or a note: it has a text and no bytes.
    void setText(const MessageRef& ref, const QString& text);
    void setLoading(bool loading); ///< says so beside the headline

    [[nodiscard]] HexView* bytes() const { return m_bytes; }
    void copySelection();
    /// Gives the focus to the next part, or the one before; false: there is none.
    bool focusNextPart(bool backwards);

    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);

Q_SIGNALS:
    void filterRequested(const QString& test, bool also); ///< by a field; `also`: of what is shown already

private:
    QWidget* makeHead();
    void takeTheme();
    void showTitle(const MessageRef& ref);
    void fillCopyMenu();
    void addProgramActions();
    void showTlsFacts(const MessageRef& ref);
    void updateTabs();

    std::optional<ConnectionFacts> m_connection; ///< of the message that is shown
    ElidedLabel* m_headline;
    ElidedLabel* m_details;
    QLabel* m_loading;
    QToolButton* m_copy;
    QMenu* m_copyMenu;
    ExchangeLine* m_exchange;
    ErrorLine* m_error;
    StructureView* m_structure;
    TlsFactsView* m_tlsFacts; ///< in its place for a row that tells of TLS
    QStackedWidget* m_structures;
    HexView* m_bytes;
    ElidedLabel* m_chunks;
    JsonView* m_json;
    ValueView* m_value;
    ContentPanel* m_content;
    QTabWidget* m_tabs;
    QSplitter* m_splitter;
    ElidedLabel* m_path;
    ViewLink* m_link;
};

} // namespace sockeye
