// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"
#include "ui/messages/exportable_messages.h"
#include "ui/messages/message_filter.h"
#include "ui/messages/messages_view.h"
#include "ui/models/message_ref.h"

#include <QJsonObject>
#include <QPointer>
#include <QWidget>

#include <vector>

class QAbstractButton;
class QButtonGroup;
class QSplitter;
class QToolButton;

namespace sockeye {

class ElidedLabel;
class LadderPanel;
class LanesPanel;
class LatencyPanel;
class MarksWindow;
class FilterBar;
class FilterFields;
class MessageFinder;
class MessageMarker;
class MessagesConnectionBox;
class MessagesCopier;
class MessagesFindBar;
class MessagesMenu;
class MessagesModel;
class MessagesTable;
class NoteBar;
class RowFinder;
class SendListPanel;

/// The messages of a capture as a table, as lanes and as a ladder: a table that follows the newest until one looks at
/// something else, with filter, sorting and search. For every page that has a capture.
class MessagesPanel : public QWidget {
    Q_OBJECT
public:
    explicit MessagesPanel(QWidget* parent = nullptr);
    ~MessagesPanel() override;

    void setCapture(std::shared_ptr<Capture> capture); ///< null: empty
    /// Another reading of what was shown: the choice of a connection stays.
    void showReading(const std::shared_ptr<Capture>& capture);
    /// What an empty table says: what belongs here and how to get it.
    void setEmptyText(const QString& text);

    [[nodiscard]] MessageRef currentMessage() const; ///< an empty reference where nothing is selected
    /// Selects that message, as soon as the table shows it; does nothing for one that is filtered out.
    void select(const MessageRef& message);
    /// Selects the newest message of that direction; does nothing where there is none.
    void selectLast(Direction direction);
    void clearSelection();
    /// Shows only the messages of one connection; 0: of all.
    void showConnection(quint32 connection);

    /// Puts a test in the place of the filter, or behind it with "&&".
    void addToFilter(const QString& test, bool also);
    void focusFilter();
    void focusFind(); ///< Ctrl+F
    void findNext(bool backwards); ///< F3, Shift+F3
    void copySelection(); ///< the selected rows, as text
    [[nodiscard]] ExportableMessages exportableMessages() const;
    void addToList(SendListPanel* list); ///< the selected messages; null: a new one, on a page of its own

    void toggleMark(); ///< of the selected messages
    void markAs(MarkColour colour); ///< likewise
    void editNote(); ///< of the current message
    void goToMark(bool backwards); ///< the next message with one
    void showMarks(); ///< all of them, in a window
    /// Shows the message that holds the byte, as soon as it is found; selects so many bytes of it.
    void goTo(const StreamPlace& place, qint64 size = 0);

    /// The user selected bytes of the current message: they are marked in the lanes.
    void showBytes(qint64 offset, qint64 size);
    void showView(MessagesView view);
    [[nodiscard]] MessagesView view() const;
    void showLanes(bool shown); ///< the lanes, or the table
    [[nodiscard]] LanesPanel* lanes() const { return m_lanes; }
    [[nodiscard]] LadderPanel* ladder() const { return m_ladder; }
    [[nodiscard]] LatencyPanel* latency() const { return m_latency; }
    [[nodiscard]] MessagesTable* table() const { return m_table; }
    [[nodiscard]] MessagesModel* model() const { return m_model; }

    /// Column widths, sorting, filters, the view.
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void currentMessageChanged(); ///< another one, or none
    void bytesSelected(qint64 offset, qint64 size); ///< of the current message, in the lanes
    void exportRequested(); ///< of the selected messages
    void statusMessage(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void addView(MessagesView view, const QString& text, const QString& toolTip);
    [[nodiscard]] QAbstractButton* viewButton(MessagesView view) const;
    void arrangeViews();
    void selectFromView(const MessageRef& message);
    void connectParts();
    void applyFilter();
    void connectFilter();
    [[nodiscard]] QString countsText() const;
    [[nodiscard]] QString filteredText() const;
    void updateCounts();
    void selectWanted();
    void showMenu(const QPoint& position);
    void connectMarks();
    void connectMarkMenu(MessagesMenu& menu);
    [[nodiscard]] std::vector<MessageRef> chosenMessages() const;
    void rowsFound(const std::vector<qsizetype>& rows);
    void showRow(qsizetype captureRow);
    [[nodiscard]] std::vector<MessageRef> comparedMessages() const;

    MessagesModel* m_model;
    MessagesTable* m_table;
    LanesPanel* m_lanes;
    LadderPanel* m_ladder;
    LatencyPanel* m_latency;
    QSplitter* m_views; ///< another view over the table
    QButtonGroup* m_viewButtons; ///< by MessagesView
    FilterFields* m_fields;
    FilterBar* m_filterBar;
    MessagesFindBar* m_findBar;
    MessagesConnectionBox* m_connectionBox;
    QToolButton* m_errorsOnly;
    ElidedLabel* m_counts;
    MessageFinder* m_finder;
    MessagesCopier* m_copier;
    MessageMarker* m_marker;
    NoteBar* m_noteBar;
    RowFinder* m_rowFinder;
    QPointer<MarksWindow> m_marksWindow;
    QString m_emptyText;
    enum class WantedRow { Place, NextMark, PreviousMark };
    WantedRow m_wanted = WantedRow::Place; ///< what m_rowFinder is asked for
    std::vector<StreamPlace> m_wantedPlaces;
    qint64 m_wantedSize = 0; ///< bytes to select
    MessageRef m_hidden; ///< selected in another view, where the table does not show it
    qsizetype m_wantedRow = -1; ///< capture row to select once the table shows it
};

} // namespace sockeye
