# An office on Debian 12: `./run install TÊN-MIỀN "TÊN TỈNH" [--root DIR]`. Sourced by ./run.
# Every step looks first and changes only what is missing, so that it may be run again at any time;
# what a person wrote (/etc/thidua.env, the site of nginx) is never written over. With --root only
# the files are put, below DIR: for building an image, and for the tests.

office_packages() {
    for_pages
    echo postgresql nginx ca-certificates openssl
}

install_office() {
    root=
    domain=${1:-}
    province=${2:-}
    [ "${3:-}" != --root ] || root=${4:?}
    case $domain in
        '' | -* | *[!A-Za-z0-9.-]*)
            die 'Cách dùng: ./run install thidua.example.vn "Tỉnh Tên Tỉnh" [--root THƯ-MỤC]' 2 ;;
    esac
    case $province in
        '' | -* | *\"* | *\\* | *\$* | *\`*) die "Hãy ghi tên tỉnh như trên văn bản, ví dụ \"Tỉnh Lam Giang\"." 2 ;;
    esac
    if [ -n "$root" ]; then
        put_files
        return
    fi
    [ "$(id -u)" = 0 ] || die "Hãy chạy bằng root." 3
    [ "$PWD" = /opt/thidua ] || die "Hãy đặt mã nguồn ở /opt/thidua rồi chạy từ đó." 3
    # shellcheck disable=SC2046  # a list of words
    rm_no_server
    need $(office_packages) || exit 3
    id thidua >/dev/null 2>&1 || adduser --system --group --home /var/lib/thidua thidua
    mkdir -p /var/lib/thidua
    chown thidua:thidua /var/lib/thidua
    chmod 0750 /var/lib/thidua
    office_database
    install base
    put_files
    (
        set -a
        # shellcheck disable=SC1091  # the file of the office
        . /etc/thidua.env
        set +a
        for task in "migrate --no-input -v 0" "collectstatic --no-input -v 0" "check --deploy"; do
            # shellcheck disable=SC2086  # a list of words
            runuser -u thidua -- $py manage.py $task
        done
    ) || die "Chưa xong; xem lỗi ở trên, sửa rồi chạy lại lệnh này." 3
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload
        systemctl enable --now thidua.service thidua-viec.service thidua-dem.timer \
            thidua-nhat-ky.timer
        systemctl restart thidua.service thidua-viec.service
    else
        say "Máy này không chạy systemd: các dịch vụ đã đặt ở /etc/systemd/system, chưa bật."
    fi
    say "Đã cài đặt. Việc còn lại: chứng thư trong /etc/nginx/sites-available/thidua, rồi hai người"
    say "đầu tiên (docs/install.md, mục 5)."
}

rm_no_server() {  # the trial may have told Debian not to start a server of its own
    ours=/etc/postgresql-common/createcluster.conf
    if [ "$(cat $ours 2>/dev/null)" = "create_main_cluster = false" ]; then rm -f $ours; fi
}

office_database() {  # a role and a database of the name of the account, once each
    as_postgres() { runuser -u postgres -- "$@"; }
    command -v pg_lsclusters >/dev/null && [ -z "$(pg_lsclusters -h)" ] &&
        pg_createcluster "$(ls /usr/lib/postgresql | sort -V | tail -n 1)" main
    [ -d /run/systemd/system ] || pg_ctlcluster "$(pg_lsclusters -h | awk 'NR==1{print $1}')" main start || :
    [ -n "$(as_postgres psql -Atc "SELECT 1 FROM pg_roles WHERE rolname = 'thidua'")" ] ||
        as_postgres createuser thidua
    [ -n "$(as_postgres psql -Atc "SELECT 1 FROM pg_database WHERE datname = 'thidua'")" ] ||
        as_postgres createdb -O thidua -E UTF8 -T template0 --locale=C.UTF-8 thidua
}

put_files() {  # the settings once, the units as they are in this version, a sample for nginx once
    if [ ! -e "$root/etc/thidua.env" ]; then
        secret=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
        mkdir -p "$root/etc"
        (
            umask 077
            sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$secret|" \
                -e "s|^ALLOWED_HOSTS=.*|ALLOWED_HOSTS=$domain|" \
                -e "s|^SITE_PROVINCE=.*|SITE_PROVINCE=\"$province\"|" \
                deploy/thidua.env >"$root/etc/thidua.env.part"
        )
        mv "$root/etc/thidua.env.part" "$root/etc/thidua.env"
    fi
    for unit in thidua.service thidua-viec.service thidua-dem.service thidua-dem.timer \
        thidua-nhat-ky.service thidua-nhat-ky.timer; do
        put_file 0644 "deploy/$unit" "$root/etc/systemd/system/$unit"
    done
    site=$root/etc/nginx/sites-available/thidua
    if [ ! -e "$site" ]; then
        sed "s/thidua\.example\.vn/$domain/g" deploy/nginx.conf >"${TMPDIR:-/tmp}/thidua-nginx.$$"
        put_file 0644 "${TMPDIR:-/tmp}/thidua-nginx.$$" "$site"
        rm "${TMPDIR:-/tmp}/thidua-nginx.$$"
    fi
}

put_file() {  # put_file MODE SOURCE TARGET: as a whole, and only where it differs
    cmp -s "$2" "$3" && return
    mkdir -p "$(dirname "$3")"
    cp "$2" "$3.part"
    chmod "$1" "$3.part"
    mv "$3.part" "$3"
    say "Đã đặt $3"
}
