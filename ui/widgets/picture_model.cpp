#include "ui/widgets/picture_model.h"

#include "ui/widgets/image_loader.h"

namespace likeness {
namespace {

constexpr int kCacheKiB = 256 * 1024;
constexpr int kMaxEdge = 512;

}  // namespace

bool PictureItem::operator==(const PictureItem& other) const {
  return key == other.key && file == other.file && image.cacheKey() == other.image.cacheKey() &&
         badge.text == other.badge.text && badge.tone == other.badge.tone && badge.icon == other.badge.icon &&
         toolTip == other.toolTip && accessibleText == other.accessibleText && dimmed == other.dimmed &&
         placeholder == other.placeholder && invitation == other.invitation && mark == other.mark;
}

PictureModel::PictureModel(QObject* parent)
    : QAbstractListModel(parent), m_loader(new ImageLoader(this)), m_cache(kCacheKiB) {
  connect(m_loader, &ImageLoader::loaded, this, &PictureModel::loaded);
}

void PictureModel::setItems(std::vector<PictureItem> items) {
  std::size_t same = 0;
  const std::size_t common = std::min(items.size(), m_items.size());
  while (same < common && (items[same].key == m_items[same].key || m_items[same].placeholder)) ++same;
  std::size_t tail = 0;
  while (tail < common - same && items[items.size() - 1 - tail].key == m_items[m_items.size() - 1 - tail].key) ++tail;
  // Rows at both ends stay; between them everything is taken out and put in anew.
  const auto at = [](auto& list, std::size_t row) { return list.begin() + static_cast<std::ptrdiff_t>(row); };
  if (m_items.size() > same + tail) {
    beginRemoveRows({}, static_cast<int>(same), static_cast<int>(m_items.size() - tail) - 1);
    m_items.erase(at(m_items, same), at(m_items, m_items.size() - tail));
    endRemoveRows();
  }
  if (items.size() > same + tail) {
    const std::size_t end = items.size() - tail;
    beginInsertRows({}, static_cast<int>(same), static_cast<int>(end) - 1);
    m_items.insert(at(m_items, same), at(items, same), at(items, end));
    endInsertRows();
  }
  indexRows();
  for (std::size_t row = 0; row < m_items.size(); ++row) {
    if (m_items[row] == items[row]) continue;
    m_items[row] = std::move(items[row]);
    const QModelIndex changed = index(static_cast<int>(row));
    Q_EMIT dataChanged(changed, changed);
  }
  indexRows();
}

void PictureModel::indexRows() {
  m_rows.clear();
  m_fileRows.clear();
  m_rows.reserve(rowCount());
  m_fileRows.reserve(rowCount());
  for (int row = 0; row < rowCount(); ++row) {
    const PictureItem& item = m_items[static_cast<std::size_t>(row)];
    m_rows.insert(item.key, row);
    if (!item.file.isEmpty()) m_fileRows.insert(item.file, row);
  }
}

int PictureModel::rowOf(const QString& key) const { return m_rows.value(key, -1); }

QString PictureModel::keyOf(int row) const {
  return row >= 0 && row < rowCount() ? m_items[static_cast<std::size_t>(row)].key : QString();
}

void PictureModel::putImage(const QString& file, const QImage& image) {
  m_cache.insert(file, new QImage(image), std::max<qsizetype>(1, image.sizeInBytes() / 1024));
}

int PictureModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant PictureModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const PictureItem& item = m_items[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DecorationRole: return imageOf(item);
    case Qt::ToolTipRole: return item.toolTip;
    case Qt::AccessibleTextRole:
    case Qt::AccessibleDescriptionRole: return item.accessibleText;
    case KeyRole: return item.key;
    case BadgeRole: return item.badge.text;
    case ToneRole: return static_cast<int>(item.badge.tone);
    case BadgeIconRole: return item.badge.icon;
    case DimmedRole: return item.dimmed;
    case PlaceholderRole: return item.placeholder;
    case InvitationRole: return item.invitation;
    case MarkRole: return item.mark;
    default: return {};
  }
}

Qt::ItemFlags PictureModel::flags(const QModelIndex& index) const {
  if (!index.isValid() || index.row() >= rowCount()) return Qt::NoItemFlags;
  const PictureItem& item = m_items[static_cast<std::size_t>(index.row())];
  if (item.placeholder) return Qt::NoItemFlags;
  return item.invitation.isEmpty() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled;
}

QImage PictureModel::imageAt(int row) const {
  return row >= 0 && row < rowCount() ? imageOf(m_items[static_cast<std::size_t>(row)]) : QImage();
}

QImage PictureModel::imageOf(const PictureItem& item) const {
  if (!item.image.isNull() || item.file.isEmpty()) return item.image;
  if (const QImage* cached = m_cache.object(item.file)) return *cached;
  m_loader->request(item.file, kMaxEdge);
  return {};
}

void PictureModel::loaded(const QString& file, const QImage& image) {
  putImage(file, image);
  for (const int row : m_fileRows.values(file)) {
    const QModelIndex changed = index(row);
    Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
  }
}

}  // namespace likeness
