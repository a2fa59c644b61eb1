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
  // Rows up to `same` stay; behind them everything is taken out and put in anew.
  for (std::size_t row = 0; row < same; ++row) {
    if (m_items[row] == items[row]) continue;
    m_items[row] = items[row];
    const QModelIndex changed = index(static_cast<int>(row));
    Q_EMIT dataChanged(changed, changed);
  }
  if (m_items.size() > same) {
    beginRemoveRows({}, static_cast<int>(same), static_cast<int>(m_items.size()) - 1);
    m_items.resize(same);
    endRemoveRows();
  }
  if (items.size() > same) {
    beginInsertRows({}, static_cast<int>(same), static_cast<int>(items.size()) - 1);
    m_items.insert(m_items.end(), std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(same)),
                   std::make_move_iterator(items.end()));
    endInsertRows();
  }
  m_rows.clear();
  for (std::size_t row = 0; row < m_items.size(); ++row) m_rows.insert(m_items[row].key, static_cast<int>(row));
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
  for (int row = 0; row < rowCount(); ++row) {
    if (m_items[static_cast<std::size_t>(row)].file != file) continue;
    const QModelIndex changed = index(row);
    Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
  }
}

}  // namespace likeness
