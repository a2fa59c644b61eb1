#pragma once
#include <QStringList>
#include <functional>

class QWidget;

namespace likeness {

/// Asks for photo files without blocking; `chosen` is called with at least one path, or never.
void choosePhotos(QWidget* parent, const QString& title, std::function<void(const QStringList&)> chosen);

/// Asks for a folder without blocking.
void chooseFolder(QWidget* parent, const QString& title, const QString& start,
                  std::function<void(const QString&)> chosen);

}  // namespace likeness
