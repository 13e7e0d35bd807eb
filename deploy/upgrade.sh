# An office comes to the version in this folder: `./run upgrade`, and `./run upgrade --back`. Sourced by ./run.
# The new code stands beside the old (/opt/thidua-moi beside /opt/thidua) and changes places with it,
# its packages included: whatever fails before that leaves everything as it was, whatever fails
# after it leads back by itself. Nothing is deleted: the old code, the old database, the old files stay
# aside under a name with the moment.

home=${THIDUA_HOME:-/opt/thidua}
units="thidua.service thidua-viec.service thidua-dem.timer thidua-nhat-ky.timer"

upgrade_office() {
    office_settings
    memory=${VAR_DIR:?VAR_DIR chưa đặt}/upgrade
    if [ "${1:-}" = --back ]; then go_back; return; fi
    [ $# -eq 0 ] || die "Cách dùng: ./run upgrade, hoặc ./run upgrade --back" 2
    [ "$PWD" != "$home" ] ||
        die "Hãy đặt mã nguồn mới ở một thư mục khác cạnh $home (ví dụ $home-moi) rồi chạy từ đó." 2
    [ -d "$home" ] || die "Không thấy phần mềm đang dùng ở $home (đặt THIDUA_HOME nếu ở chỗ khác)." 2
    install base
    stage "1/4 Sao lưu trong lúc mọi người vẫn làm việc, rồi diễn tập trên một bản chép"
    backup_of_office
    ./run rehearse "$backup" || die "Dừng ở diễn tập: dữ liệu, phần mềm đang dùng không bị đụng tới."
    stage "2/4 Dừng phần mềm, sao lưu lần cuối"
    halt
    backup_of_office || { resume; die "Chưa sao lưu được nên không nâng cấp."; }
    at=$(date +%Y%m%d-%H%M%S)
    printf '%s\n%s\n%s\n' "$backup" "$home-cu-$at" "$at" >"$memory.part"
    mv "$memory.part" "$memory"
    stage "3/4 Đổi chỗ mã nguồn, đổi bảng"
    new=$PWD
    mv "$home" "$home-cu-$at"
    mv "$new" "$home"
    cd "$home"
    if ! { manage_office migrate --no-input -v 0 && manage_office collectstatic --no-input -v 0 &&
        manage_office recompute_seals && manage_office recompute_totals; }; then
        say "Không nâng cấp được; trở về phiên bản cũ."
        go_back
        exit 1
    fi
    stage "4/4 Khởi động"
    units_of_here
    resume
    say "Đã nâng cấp. Đường lui, chừng nào chưa có dữ liệu mới đáng giữ: cd $home && ./run upgrade --back"
}

rehearse_office() {  # rehearse_office BACKUP: the upgrade to this very code, on a copy that is dropped again
    [ -n "${1:-}" ] || die "Cách dùng: ./run rehearse BẢN-SAO-LƯU" 2
    office_settings
    rehearse "$1"
    say "Diễn tập xong: bản sao lưu này nâng cấp được lên mã nguồn ở đây. Dữ liệu thật không bị đụng tới."
}

rehearse() {  # in a shell of its own where more is done afterwards: it says other places
    copy=$(mktemp -d)
    trap 'drop_copy' EXIT
    trap 'exit 1' INT TERM HUP
    if is_office_root; then chown "${THIDUA_USER:-thidua}" "$copy"; fi
    export VAR_DIR="$copy" SHARED_DIR="$copy" MEDIA_ROOT="$copy/media"
    case ${DATABASE_URL:-sqlite} in
        postgres*)
            scratch=thidua_thu_$$
            create_database "$scratch"
            DATABASE_URL=$(address_of "$scratch") ;;
        *) DATABASE_URL=sqlite:///$copy/thidua.sqlite3 ;;
    esac
    export DATABASE_URL
    manage_office restore "$1"
    before=
    # What the version in use makes of the same data, where it knows how to tell.
    if [ "$PWD" != "$home" ] && [ -e "$home/blocs/ranking/management/commands/recompute_totals.py" ]; then
        before=$copy/totals.json
        (cd "$home" && manage_office recompute_totals --write "$before")
    fi
    manage_office migrate --no-input -v 0
    manage_office recompute_seals
    manage_office recompute_totals ${before:+--compare "$before"}
}

drop_copy() {
    [ -z "${scratch:-}" ] || on_server "DROP DATABASE IF EXISTS \"$scratch\""
    rm -rf "$copy"
}

go_back() {  # the code and the data of the moment before the last upgrade
    [ -e "$memory" ] || die "Chưa nâng cấp lần nào bằng ./run upgrade, không có đường lui." 2
    { read -r backup && read -r old && read -r at; } <"$memory"
    [ -d "$old" ] || die "Không thấy mã nguồn cũ ở $old." 2
    began=$(date +%s)
    # The new code reads the backup: the old may not know the word yet.
    manage_office backup --check "$backup" >&2 || die "Bản sao lưu không đọc được, chưa làm gì." 3
    halt
    back=$(date +%Y%m%d-%H%M%S)
    set_data_aside "$back"
    manage_office restore "$backup"
    cd /
    mv "$home" "$home-moi-$back"
    mv "$old" "$home"
    cd "$home"
    mv "$memory" "$memory-$back"
    units_of_here
    resume
    say "Đã trở về phiên bản và dữ liệu trước lần nâng cấp $at, sau $(($(date +%s) - began)) giây."
    say "Dữ liệu của phiên bản mới còn giữ với đuôi “$back”."
}

stage() { title "$*" >&2; }

backup_of_office() {  # $backup: the folder of a new backup, made by the code of this folder
    manage_office backup >"$memory.told" || { cat "$memory.told" >&2; return 1; }
    cat "$memory.told" >&2
    backup=$(sed -n 's/^Đã sao lưu vào \(.*\): .*/\1/p' "$memory.told" | head -n 1)
    rm "$memory.told"
    [ -d "$backup" ]
}

set_data_aside() {  # set_data_aside SUFFIX: an empty place for the backup, what was there beside it
    media=${MEDIA_ROOT:-${SHARED_DIR:-$VAR_DIR}/media}
    case ${DATABASE_URL:-sqlite} in
        postgres*)
            name=${DATABASE_URL##*/}
            name=${name%%\?*}
            on_server "ALTER DATABASE \"$name\" RENAME TO \"${name}_$1\""
            create_database "$name" ;;
        *)
            file=${DATABASE_URL:-sqlite:///$VAR_DIR/thidua.sqlite3}
            file=${file#sqlite:///}
            for part in "" -wal -shm; do
                [ ! -e "$file$part" ] || mv "$file$part" "$file-$1$part"
            done ;;
    esac
    [ ! -e "$media" ] || mv "$media" "$media-$1"
}

create_database() {  # for the account of the program
    owner=
    if is_office_root; then owner="OWNER \"${THIDUA_USER:-thidua}\""; fi
    on_server "CREATE DATABASE \"$1\" $owner ENCODING 'UTF8' TEMPLATE \
        template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
}

address_of() {  # the address of another database of the same server
    case $DATABASE_URL in
        *\?*) echo "${DATABASE_URL%%\?*}" | sed "s|[^/]*\$|$1|" | sed "s|\$|?${DATABASE_URL#*\?}|" ;;
        *) echo "$DATABASE_URL" | sed "s|[^/]*\$|$1|" ;;
    esac
}

on_server() {  # one statement, in the database that every server has
    if is_office_root; then
        runuser -u postgres -- psql -d postgres -q -v ON_ERROR_STOP=1 -c "$1"
    else
        $py - "$1" <<'PYTHON'
import os, sys
import environ, psycopg2
told = environ.Env.db_url_config(os.environ["DATABASE_URL"])
given = {name: told[name.upper()] for name in ("host", "port", "user", "password")}
server = psycopg2.connect(dbname="postgres", **{name: value for name, value in given.items() if value})
server.autocommit = True
server.cursor().execute(sys.argv[1])
server.close()
PYTHON
    fi
}

halt() {
    has_units || return 0
    # shellcheck disable=SC2086  # a list of words
    systemctl stop $units || :
}

resume() {
    has_units || { say "Máy này không chạy systemd: hãy tự khởi động phần mềm."; return 0; }
    systemctl daemon-reload
    # shellcheck disable=SC2086  # a list of words
    for unit in $units; do
        [ ! -e "/etc/systemd/system/$unit" ] || systemctl enable --now "$unit"
    done
}

has_units() { [ -d /run/systemd/system ] && [ "$home" = /opt/thidua ]; }

units_of_here() {  # the units as the version in this folder has them, and no others
    has_units || return 0
    for unit in /etc/systemd/system/thidua*; do
        [ -e "deploy/${unit##*/}" ] || [ ! -d deploy ] || {
            systemctl disable --now "${unit##*/}" || :
            rm -f "$unit"
        }
    done
    for unit in deploy/*.service deploy/*.timer; do
        [ ! -e "$unit" ] || put_file 0644 "$unit" "/etc/systemd/system/${unit#deploy/}"
    done
}
