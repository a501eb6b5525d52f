// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/catalog.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace sockeye {

class CatalogModel;
class DenseTable;

/// What `search` finds, edited in place; used by the server from the next request on.
class CatalogPanel : public QWidget {
    Q_OBJECT
public:
    explicit CatalogPanel(QWidget* parent = nullptr);

    [[nodiscard]] Catalog catalog() const;
    void setCatalog(const Catalog& catalog);

    void load(const QString& file); ///< a JSON object of strings; what is wrong with it is said in the panel
    void save(const QString& file);
    [[nodiscard]] QString problem() const; ///< as shown; empty for none
    [[nodiscard]] CatalogModel* model() const { return m_model; }

Q_SIGNALS:
    void catalogChanged();

private:
    void buildLayout();
    void addEntry();
    void removeEntries();
    void chooseFileToLoad();
    void chooseFileToSave();
    void showProblem(const QString& what);
    void updateButtons();

    CatalogModel* m_model;
    DenseTable* m_table;
    QPushButton* m_remove = nullptr;
    QLabel* m_problem;
};

} // namespace sockeye
